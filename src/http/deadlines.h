#pragma once
// Deadlines of many connections at the cost of a list operation each. All deadlines of one kind are
// equally long, so each kind's list is in order of expiry by itself, also when the length changes.
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "http/limits.h"

namespace candor::http {

enum class Deadline { None, Idle, Head, Body, Write, Linger, Grace };
inline constexpr std::size_t kDeadlineKinds = 7;

/// Something that can be late; in exactly one list, or in none.
class Timed {
 public:
  Timed() = default;
  virtual ~Timed() = default;
  Timed(const Timed&) = delete;
  Timed& operator=(const Timed&) = delete;
  virtual void on_late(Deadline kind) = 0;
  Deadline deadline() const { return kind_; }

 private:
  friend class Deadlines;
  Timed* before_ = nullptr;
  Timed* behind_ = nullptr;
  Deadline kind_ = Deadline::None;
  std::chrono::steady_clock::time_point since_{};
};

class Deadlines {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit Deadlines(const Limits& limits);

  /// Takes the lengths from `limits`, for those that run as well.
  void set_lengths(const Limits& limits);
  /// Starts `timed`'s deadline of this kind anew, ending the one it had.
  void start(Timed& timed, Deadline kind, TimePoint now);
  void end(Timed& timed);
  /// The one that waits longest in this kind; null when none does.
  Timed* oldest(Deadline kind) const { return list(kind).first; }
  std::optional<TimePoint> next() const;
  /// Tells everybody who is late; each one's deadline has ended by then.
  void expire(TimePoint now);

 private:
  struct List {
    Timed* first = nullptr;
    Timed* last = nullptr;
    std::chrono::milliseconds length{};
  };
  List& list(Deadline kind) { return lists_[static_cast<std::size_t>(kind)]; }
  const List& list(Deadline kind) const { return lists_[static_cast<std::size_t>(kind)]; }

  std::array<List, kDeadlineKinds> lists_;
};

}  // namespace candor::http
