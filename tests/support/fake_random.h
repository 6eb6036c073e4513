#pragma once
// Bytes that are different each time, and the same in every run.
#include <cstdint>
#include <random>

#include "base/guarded.h"
#include "base/random.h"

namespace candor {

class FakeRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override {
    engine_.with([out](auto& engine) {
      for (std::byte& byte : out) byte = static_cast<std::byte>(engine() & 0xFF);
    });
  }

 private:
  Guarded<std::mt19937_64> engine_{20'261'118u};
};

}  // namespace candor
