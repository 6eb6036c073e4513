#include "http/deadlines.h"

namespace candor::http {
namespace {

// How long a closing connection may go on talking before we stop listening.
constexpr std::chrono::milliseconds kLinger{1000};
// How long a drain waits for the first request of a connection that was just made.
constexpr std::chrono::milliseconds kGrace{500};

}  // namespace

Deadlines::Deadlines(const Limits& limits) {
  set_lengths(limits);
  list(Deadline::Linger).length = kLinger;
  list(Deadline::Grace).length = kGrace;
}

void Deadlines::set_lengths(const Limits& limits) {
  list(Deadline::Idle).length = limits.keep_alive;
  list(Deadline::Head).length = limits.head_deadline;
  list(Deadline::Body).length = limits.body_deadline;
  list(Deadline::Write).length = limits.write_deadline;
}

void Deadlines::start(Timed& timed, Deadline kind, TimePoint now) {
  end(timed);
  if (kind == Deadline::None) return;
  List& into = list(kind);
  timed.kind_ = kind;
  timed.since_ = now;
  timed.before_ = into.last;
  (into.last != nullptr ? into.last->behind_ : into.first) = &timed;
  into.last = &timed;
}

void Deadlines::end(Timed& timed) {
  if (timed.kind_ == Deadline::None) return;
  List& from = list(timed.kind_);
  (timed.before_ != nullptr ? timed.before_->behind_ : from.first) = timed.behind_;
  (timed.behind_ != nullptr ? timed.behind_->before_ : from.last) = timed.before_;
  timed.before_ = timed.behind_ = nullptr;
  timed.kind_ = Deadline::None;
}

std::optional<Deadlines::TimePoint> Deadlines::next() const {
  std::optional<TimePoint> earliest;
  for (const List& each : lists_)
    if (each.first != nullptr && (!earliest || each.first->since_ + each.length < *earliest))
      earliest = each.first->since_ + each.length;
  return earliest;
}

void Deadlines::expire(TimePoint now) {
  for (List& each : lists_)
    while (each.first != nullptr && each.first->since_ + each.length <= now) {
      Timed& late = *each.first;
      const Deadline kind = late.kind_;
      end(late);
      late.on_late(kind);
    }
}

}  // namespace candor::http
