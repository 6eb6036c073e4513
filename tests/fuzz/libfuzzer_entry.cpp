#include <cstddef>
#include <cstdint>

#include "fuzz/fuzz_target.h"

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
  candor::fuzz::try_input({reinterpret_cast<const char*>(data), size});
  return 0;
}
