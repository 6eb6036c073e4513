#pragma once
// The real clock and the real source of randomness: the only places that make them.
#include "base/clock.h"
#include "base/random.h"

namespace candor::app {

class SystemClock final : public Clock {
 public:
  Millis now() const override;
};

class SystemRandom final : public Random {
 public:
  SystemRandom();  ///< throws std::runtime_error when the system has no entropy source
  void fill(std::span<std::byte> out) override;
};

}  // namespace candor::app
