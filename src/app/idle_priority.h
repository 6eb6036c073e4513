#pragma once
// For threads whose work can wait.
#include <thread>

namespace candor::app {

enum class Priority : unsigned char {
  Ordinary,
  Idle,  ///< runs only when nothing else on the machine wants to: with a busy one, hardly ever
};

/// Where the system does not allow it the work is done all the same.
void set_priority(std::jthread& thread, Priority priority);

}  // namespace candor::app
