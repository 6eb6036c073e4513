#pragma once
// Answers that wait for their click to be recorded, and the exact count of what became of each.
// The clicks of one turn of the loop go to the journal together and are settled together.
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "http/server.h"
#include "journal/journal.h"
#include "redirect/front.h"

namespace candor::redirect {

/// Used on the loop's thread, and destroyed there or once the loop has stopped. Outcomes that come
/// after that are still counted.
class PendingAnswers {
 public:
  /// `deadline` 0: answers wait as long as the journal takes.
  PendingAnswers(http::EventLoop& loop, journal::Journal& journal,
                 std::shared_ptr<Counters> counters, std::chrono::milliseconds deadline);
  ~PendingAnswers();
  /// For answers from now on.
  void set_deadline(std::chrono::milliseconds deadline) { deadline_ = deadline; }
  PendingAnswers(const PendingAnswers&) = delete;
  PendingAnswers& operator=(const PendingAnswers&) = delete;

  /// Counts a click as accepted, appends it, and answers with `response` once its fate is known or
  /// the deadline has passed.
  void append(Click click, http::Reply reply, http::Response response);

 private:
  struct Turn;
  class Settlements;

  void end_turn();
  std::shared_ptr<Turn> begin_waiting();
  static void append(journal::Journal& journal, const std::shared_ptr<Settlements>& settlements,
                     const std::shared_ptr<Turn>& turn);
  void finish(Turn& turn);
  void give_up_waiting(Turn& turn);

  http::EventLoop& loop_;
  journal::Journal& journal_;
  std::shared_ptr<Counters> counters_;
  std::chrono::milliseconds deadline_;
  std::shared_ptr<Settlements> settlements_;
  std::size_t expected_ = 1;    ///< clicks of a turn, going by the last one
  std::shared_ptr<Turn> turn_;  ///< the running one, once it has a click
  std::vector<std::shared_ptr<Turn>> waiting_;
};

}  // namespace candor::redirect
