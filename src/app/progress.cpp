#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace candor::app {

namespace {
constexpr std::size_t kBarWidth = 30;
}

std::string progress_line(std::size_t done, std::size_t total, double seconds) {
  std::string line;
  if (total > 0) {
    const std::size_t full = std::min(done, total) * kBarWidth / total;
    line = "[" + std::string(full, '#') + std::string(kBarWidth - full, ' ') + "] ";
    line += fmt::format("{}/{} pages", done, total);
  } else {
    line = fmt::format("{} pages", done);
  }
  if (seconds > 0) line += fmt::format(", {:.0f} a second", static_cast<double>(done) / seconds);
  return line;
}

Progress::Progress(std::size_t total)
    : total_(total),
      terminal_(::isatty(STDERR_FILENO) == 1),
      begun_(std::chrono::steady_clock::now()) {}

void Progress::step() {
  ++done_;
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  draw();
}

void Progress::draw() {
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - begun_;
  fmt::print(stderr, "\r\x1b[K{}", progress_line(done_, total_, since.count()));
  std::fflush(stderr);
  shown_ = true;
}

void Progress::clear() {
  if (!shown_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  shown_ = false;
}

}  // namespace candor::app
