#include "app/stop_signals.h"

#include <pthread.h>

namespace candor::app {

StopSignals::StopSignals() {
  ::sigemptyset(&set_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set_, signal);
  ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  // A write beyond the file size limit fails like one on a full disk, and ends nothing.
  ::signal(SIGXFSZ, SIG_IGN);
}

void StopSignals::wait() const {
  int signal = 0;
  ::sigwait(&set_, &signal);
}

bool StopSignals::arrived_within(std::chrono::milliseconds time) const {
  const timespec timeout{time.count() / 1000, (time.count() % 1000) * 1'000'000};
  return ::sigtimedwait(&set_, nullptr, &timeout) > 0;
}

}  // namespace candor::app
