#pragma once
// How far a long run is, as one line on a terminal's stderr; nothing elsewhere.
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace candor::app {

class Progress {
 public:
  /// `total` 0: not known yet.
  explicit Progress(std::size_t total);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void set_total(std::size_t total) { total_ = total; }
  /// One more is done. Drawn at most ten times a second.
  void step();
  /// Takes the line away, before other output; it comes back with the next step.
  void clear();
  /// `print` may write to the terminal: the line is away meanwhile.
  template <class F>
  void hide_for(F&& print) {
    clear();
    std::forward<F>(print)();
  }

 private:
  void draw();

  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_ = false;
  bool terminal_;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point drawn_{};
};

/// "[#####     ] 123/246 pages, 41 a second"
std::string progress_line(std::size_t done, std::size_t total, double seconds);

}  // namespace candor::app
