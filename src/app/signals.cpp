#include "app/signals.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

namespace candor::app {
namespace {

/// Whether this process has a terminal that can close; false for a service.
bool has_terminal() {
  const int fd = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_CLOEXEC);
  if (fd >= 0) ::close(fd);
  return fd >= 0;
}

/// Set by nohup: the process is to outlive its terminal.
bool is_hangup_ignored() {
  struct sigaction action{};
  return ::sigaction(SIGHUP, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

Signals::Signals() : ends_with_terminal_(has_terminal() && !is_hangup_ignored()) {
  ::sigemptyset(&set_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set_, signal);
  ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  // A write beyond the file size limit fails like one on a full disk, and ends nothing.
  ::signal(SIGXFSZ, SIG_IGN);
}

Asked Signals::meaning_of(int signal) const {
  if (signal != SIGHUP) return Asked::Stop;
  return ends_with_terminal_ && !has_terminal() ? Asked::Stop : Asked::Reload;
}

Asked Signals::wait() const {
  int signal = 0;
  ::sigwait(&set_, &signal);
  return meaning_of(signal);
}

std::optional<Asked> Signals::wait_for(std::chrono::milliseconds time) const {
  const timespec timeout{time.count() / 1000, (time.count() % 1000) * 1'000'000};
  const int signal = ::sigtimedwait(&set_, nullptr, &timeout);
  if (signal <= 0) return std::nullopt;
  return meaning_of(signal);
}

}  // namespace candor::app
