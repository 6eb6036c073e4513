#pragma once
// What a fuzz target is: a function that takes any bytes and ends the process when a property of
// the code under test does not hold. libFuzzer makes the bytes up (preset `fuzz`), or
// replay_main.cpp takes them from the corpus (every other preset).
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace candor::fuzz {

/// Defined once per target.
void try_input(std::string_view bytes);

/// `property` says what must be true, for whoever finds it broken.
inline void must_hold(bool holds, const char* property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  std::abort();
}

}  // namespace candor::fuzz
