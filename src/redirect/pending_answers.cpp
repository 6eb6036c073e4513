#include "redirect/pending_answers.h"

#include <atomic>
#include <mutex>
#include <utility>

namespace candor::redirect {
namespace {

enum class Stage : std::uint8_t {
  Waiting,
  Overdue,  ///< answered and counted as unrecorded; the journal has not spoken
  Settled,  ///< the journal has spoken
};

}  // namespace

struct PendingAnswers::Answer {
  Answer(http::Reply r, http::Response what) : reply(std::move(r)), response(std::move(what)) {}

  std::atomic<Stage> stage{Stage::Waiting};
  // The loop's own.
  http::Reply reply;
  http::Response response;
  std::uint64_t timer = 0;
  std::size_t position = 0;  ///< in waiting_
};

/// Where the journal's thread leaves what it settled. Outlives the front when the journal does.
class PendingAnswers::Settlements : public std::enable_shared_from_this<Settlements> {
 public:
  Settlements(PendingAnswers& owner, http::EventLoop& loop, std::shared_ptr<Counters> counters)
      : counters_(std::move(counters)), owner_(&owner), loop_(&loop) {}

  /// Any thread, once for each answer.
  void settle(std::shared_ptr<Answer> answer, journal::AppendOutcome outcome) {
    const bool overdue = answer->stage.exchange(Stage::Settled) == Stage::Overdue;
    count(outcome, overdue);
    if (overdue) return;
    const std::scoped_lock lock(mutex_);
    if (owner_ == nullptr) return;
    settled_.push_back(std::move(answer));
    // What is shed is in no group that would be followed by deliver_soon().
    if (outcome == journal::AppendOutcome::Shed) post();
  }

  /// Any thread, behind a group: one wake-up of the loop serves all that come until it looks.
  void deliver_soon() {
    const std::scoped_lock lock(mutex_);
    if (owner_ != nullptr && !settled_.empty()) post();
  }

  bool hands_over = false;  ///< at the end of this turn; the loop's own

  void close() {
    std::vector<std::shared_ptr<Answer>> dropped;
    const std::scoped_lock lock(mutex_);
    owner_ = nullptr;
    dropped.swap(settled_);
  }

 private:
  void count(journal::AppendOutcome outcome, bool overdue) {
    switch (outcome) {
      case journal::AppendOutcome::Recorded:
        ++counters_->recorded;
        if (overdue) --counters_->unrecorded;
        break;
      case journal::AppendOutcome::Failed:
        if (!overdue) ++counters_->unrecorded;
        break;
      case journal::AppendOutcome::Shed:
        ++counters_->shed;
        break;
    }
  }

  /// With the mutex held.
  void post() {
    if (std::exchange(posted_, true)) return;
    loop_->post([self = shared_from_this()] { self->deliver(); });
  }

  void deliver() {
    std::vector<std::shared_ptr<Answer>> ready;
    PendingAnswers* owner = nullptr;
    {
      const std::scoped_lock lock(mutex_);
      ready.swap(settled_);
      posted_ = false;
      owner = owner_;
    }
    if (owner == nullptr) return;
    for (const auto& answer : ready) owner->finish(answer);
  }

  std::shared_ptr<Counters> counters_;
  std::mutex mutex_;
  PendingAnswers* owner_;  ///< null once it is gone; the loop may be, too
  http::EventLoop* loop_;
  std::vector<std::shared_ptr<Answer>> settled_;
  bool posted_ = false;  ///< deliver() is under way
};

PendingAnswers::PendingAnswers(http::EventLoop& loop, journal::Journal& journal,
                               std::shared_ptr<Counters> counters,
                               std::chrono::milliseconds deadline)
    : loop_(loop),
      journal_(journal),
      counters_(std::move(counters)),
      deadline_(deadline),
      settlements_(std::make_shared<Settlements>(*this, loop, counters_)) {
  journal_.after_each_group([settlements = settlements_] { settlements->deliver_soon(); });
}

PendingAnswers::~PendingAnswers() {
  settlements_->close();
  // The journal may keep answers longer than the loop lives; their connections end here.
  for (const auto& answer : waiting_) {
    loop_.cancel(answer->timer);
    const http::Reply dropped = std::move(answer->reply);
  }
}

void PendingAnswers::append(Click click, http::Reply reply, http::Response response) {
  auto answer = std::make_shared<Answer>(std::move(reply), std::move(response));
  answer->position = waiting_.size();
  waiting_.push_back(answer);
  ++counters_->accepted;
  ++counters_->by_verdict[static_cast<std::size_t>(click.verdict)];
  journal_.append(
      std::move(click),
      [settlements = settlements_, answer](auto outcome) { settlements->settle(answer, outcome); },
      journal::HandOver::WithOthers);
  hand_over_at_turn_end();
  if (deadline_.count() > 0)
    answer->timer = loop_.after(deadline_, [this, answer] { give_up_waiting(answer); });
}

// Once a turn: waking the journal's thread for each click costs several times what a click does.
void PendingAnswers::hand_over_at_turn_end() {
  if (std::exchange(settlements_->hands_over, true)) return;
  loop_.at_turn_end([settlements = settlements_, &journal = journal_] {
    settlements->hands_over = false;
    journal.hand_over();
  });
}

void PendingAnswers::give_up_waiting(const std::shared_ptr<Answer>& answer) {
  answer->timer = 0;
  Stage expected = Stage::Waiting;
  // Counted first: whoever settles it from now on takes the count back.
  ++counters_->unrecorded;
  if (answer->stage.compare_exchange_strong(expected, Stage::Overdue))
    finish(answer);
  else
    --counters_->unrecorded;
}

void PendingAnswers::finish(const std::shared_ptr<Answer>& answer) {
  if (answer->timer != 0) loop_.cancel(std::exchange(answer->timer, 0));
  waiting_.back()->position = answer->position;
  std::swap(waiting_[answer->position], waiting_.back());
  waiting_.pop_back();
  http::Reply reply = std::move(answer->reply);
  reply.send(std::move(answer->response));
}

}  // namespace candor::redirect
