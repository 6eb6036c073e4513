#pragma once
// A source of unpredictable bytes (keys, salts, one-time tokens). Callable from any thread.
#include <cstddef>
#include <span>

namespace candor {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;
};

}  // namespace candor
