#include "app/system.h"

#include <sodium.h>

#include <stdexcept>

namespace candor::app {

Millis SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

SystemRandom::SystemRandom() {
  if (sodium_init() < 0) throw std::runtime_error("the system gives no random numbers");
}

void SystemRandom::fill(std::span<std::byte> out) { randombytes_buf(out.data(), out.size()); }

}  // namespace candor::app
