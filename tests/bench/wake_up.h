#pragma once
// How a thread wakes a loop that sleeps in the kernel.
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>

namespace candor::bench {

class WakeUp {
 public:
  WakeUp() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw std::runtime_error("no eventfd");
  }
  ~WakeUp() { ::close(descriptor_); }
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  void signal() {
    const std::uint64_t one = 1;
    if (::write(descriptor_, &one, sizeof one) < 0) throw std::runtime_error("eventfd");
  }
  void wait(std::chrono::milliseconds at_most) {
    pollfd awaited{.fd = descriptor_, .events = POLLIN, .revents = 0};
    if (::poll(&awaited, 1, static_cast<int>(at_most.count())) <= 0) return;
    std::uint64_t signals = 0;
    if (::read(descriptor_, &signals, sizeof signals) < 0) throw std::runtime_error("eventfd");
  }

 private:
  int descriptor_;
};

}  // namespace candor::bench
