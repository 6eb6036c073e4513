#include "redirect/pending_answers.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

namespace candor::redirect {
namespace {

enum class Stage : std::uint8_t {
  Waiting,
  Overdue,  ///< answered and counted as unrecorded; the journal has not spoken
  Settled,  ///< the journal has spoken
};

}  // namespace

struct PendingAnswers::Turn {
  struct Answer {
    http::Reply reply;
    http::Response response;
  };

  std::atomic<Stage> stage{Stage::Waiting};
  // The loop's own.
  std::vector<Click> clicks;  ///< until the journal takes them
  std::vector<Answer> answers;
  std::uint64_t timer = 0;
  std::size_t position = 0;  ///< in waiting_
  /// By whoever wrote through, for the loop.
  std::optional<journal::AppendOutcomes> written{};
};

/// Where the journal's thread leaves what it settled. Outlives the front when the journal does.
class PendingAnswers::Settlements : public std::enable_shared_from_this<Settlements> {
 public:
  Settlements(PendingAnswers& owner, http::EventLoop& loop, std::shared_ptr<Counters> counters)
      : counters_(std::move(counters)), owner_(&owner), loop_(&loop) {}

  /// Any thread, once for each turn. One wake-up of the loop serves all that come until it looks.
  void settle(std::shared_ptr<Turn> turn, const journal::AppendOutcomes& outcomes) {
    if (!count_first(*turn, outcomes)) return;
    const std::scoped_lock lock(mutex_);
    if (owner_ == nullptr) return;
    settled_.push_back(std::move(turn));
    if (!std::exchange(posted_, true))
      loop_->post([self = shared_from_this()] { self->deliver(); });
  }

  /// The same on the loop's thread, and answered at once.
  void settle_here(Turn& turn, const journal::AppendOutcomes& outcomes) {
    if (!count_first(turn, outcomes)) return;
    if (PendingAnswers* owner = still_there()) owner->finish(turn);
  }

  /// The loop's, behind what its turn had to do.
  void end_turn() {
    if (PendingAnswers* owner = still_there()) owner->end_turn();
  }

  void close() {
    std::vector<std::shared_ptr<Turn>> dropped;
    const std::scoped_lock lock(mutex_);
    owner_ = nullptr;
    dropped.swap(settled_);
  }

 private:
  /// False when the readers have been answered.
  bool count_first(Turn& turn, const journal::AppendOutcomes& outcomes) {
    const bool overdue = turn.stage.exchange(Stage::Settled) == Stage::Overdue;
    count(outcomes, overdue);
    return !overdue;
  }

  void count(const journal::AppendOutcomes& outcomes, bool overdue) {
    counters_->recorded += outcomes.recorded;
    counters_->shed += outcomes.shed;
    // All of an overdue turn were counted when its readers were answered.
    if (overdue)
      counters_->unrecorded -= outcomes.recorded + outcomes.shed;
    else
      counters_->unrecorded += outcomes.failed;
  }

  PendingAnswers* still_there() {
    const std::scoped_lock lock(mutex_);
    return owner_;
  }

  void deliver() {
    std::vector<std::shared_ptr<Turn>> ready;
    PendingAnswers* owner = nullptr;
    {
      const std::scoped_lock lock(mutex_);
      ready.swap(settled_);
      posted_ = false;
      owner = owner_;
    }
    if (owner == nullptr) return;
    for (const auto& turn : ready) owner->finish(*turn);
  }

  std::shared_ptr<Counters> counters_;
  std::mutex mutex_;
  PendingAnswers* owner_;  ///< null once it is gone; the loop may be, too
  http::EventLoop* loop_;
  std::vector<std::shared_ptr<Turn>> settled_;
  bool posted_ = false;  ///< deliver() is under way
};

PendingAnswers::PendingAnswers(http::EventLoop& loop, journal::Journal& journal,
                               std::shared_ptr<Counters> counters,
                               std::chrono::milliseconds deadline)
    : loop_(loop),
      journal_(journal),
      counters_(std::move(counters)),
      deadline_(deadline),
      settlements_(std::make_shared<Settlements>(*this, loop, counters_)) {}

PendingAnswers::~PendingAnswers() {
  if (const auto turn = begin_waiting()) append(journal_, settlements_, turn);
  settlements_->close();
  // The journal may keep turns longer than the loop lives; their connections end here.
  for (const auto& turn : waiting_) {
    loop_.cancel(turn->timer);
    const auto dropped = std::move(turn->answers);
  }
}

void PendingAnswers::append(Click click, http::Reply reply, http::Response response) {
  if (!turn_) {
    turn_ = std::make_shared<Turn>();
    turn_->clicks.reserve(expected_);
    turn_->answers.reserve(expected_);
    loop_.at_turn_end([settlements = settlements_] { settlements->end_turn(); });
  }
  ++counters_->accepted;
  ++counters_->by_verdict[static_cast<std::size_t>(click.verdict)];
  turn_->clicks.push_back(std::move(click));
  turn_->answers.push_back({std::move(reply), std::move(response)});
}

// Once a turn: waking the journal's thread for each click costs several times what a click does,
// and writing a turn's clicks here costs less than waking anybody.
void PendingAnswers::end_turn() {
  const std::shared_ptr<Turn> turn = begin_waiting();
  if (!turn) return;
  if (journal_.may_write_through() && loop_.at_turn_end_waiting(
                                          [settlements = settlements_, turn, &journal = journal_] {
                                            turn->written = journal.write_through(turn->clicks);
                                            if (!turn->written) append(journal, settlements, turn);
                                          },
                                          [settlements = settlements_, turn] {
                                            if (turn->written)
                                              settlements->settle_here(*turn, *turn->written);
                                          }))
    return;
  append(journal_, settlements_, turn);
}

void PendingAnswers::append(journal::Journal& journal,
                            const std::shared_ptr<Settlements>& settlements,
                            const std::shared_ptr<Turn>& turn) {
  journal.append(std::move(turn->clicks),
                 [settlements, turn](const journal::AppendOutcomes& outcomes) {
                   settlements->settle(turn, outcomes);
                 });
}

std::shared_ptr<PendingAnswers::Turn> PendingAnswers::begin_waiting() {
  std::shared_ptr<Turn> turn = std::exchange(turn_, nullptr);
  if (!turn) return nullptr;
  expected_ = turn->clicks.size() + 1;
  turn->position = waiting_.size();
  waiting_.push_back(turn);
  if (deadline_.count() > 0)
    turn->timer = loop_.after(deadline_, [this, turn] { give_up_waiting(*turn); });
  return turn;
}

void PendingAnswers::give_up_waiting(Turn& turn) {
  turn.timer = 0;
  Stage expected = Stage::Waiting;
  // Counted first: whoever settles it from now on takes the count back.
  counters_->unrecorded += turn.answers.size();
  if (turn.stage.compare_exchange_strong(expected, Stage::Overdue))
    finish(turn);
  else
    counters_->unrecorded -= turn.answers.size();
}

void PendingAnswers::finish(Turn& turn) {
  const std::shared_ptr<Turn> kept = waiting_[turn.position];
  if (turn.timer != 0) loop_.cancel(std::exchange(turn.timer, 0));
  waiting_.back()->position = turn.position;
  std::swap(waiting_[turn.position], waiting_.back());
  waiting_.pop_back();
  for (Turn::Answer& each : turn.answers) each.reply.send(std::move(each.response));
}

}  // namespace candor::redirect
