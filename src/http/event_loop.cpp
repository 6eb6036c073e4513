#include "http/event_loop.h"

#include <Poco/Logger.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <system_error>

#include "http/log_text.h"
#include "http/loop_core.h"

namespace candor::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kEventsPerTurn = 256;

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

/// struct sched_attr of sched_setattr(2), of which the C library has none.
struct SchedulingAttributes {
  std::uint32_t size;
  std::uint32_t policy;
  std::uint64_t flags;
  std::int32_t nice;
  std::uint32_t priority;
  std::uint64_t runtime_ns;
  std::uint64_t deadline_ns;
  std::uint64_t period_ns;
};

/// A loop works in short turns and sleeps between them: with a slice as short as the scheduler
/// gives (sched(7); Linux 6.12, earlier ones take no notice) it goes before whoever computes for
/// long, a report above all. Being refused changes nothing else.
void ask_for_short_slices() {
  SchedulingAttributes wanted{};
  if (::syscall(SYS_sched_getattr, 0, &wanted, sizeof wanted, 0U) != 0) return;
  wanted.runtime_ns = 100'000;
  [[maybe_unused]] const long set = ::syscall(SYS_sched_setattr, 0, &wanted, 0U);
}

std::string imf_fixdate(std::chrono::sys_seconds at) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     kDays[std::chrono::weekday{day}.c_encoding()], unsigned{date.day()},
                     kMonths[unsigned{date.month()} - 1], int{date.year()}, clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

/// The loop's edge: what is thrown up to here is logged and goes no further.
template <class Work>
void run_guarded(Work&& work) noexcept {
  try {
    work();
  } catch (const std::exception& error) {
    Poco::Logger::get("http").error("work on the loop failed: " + log_text(error.what()));
  } catch (...) {
    Poco::Logger::get("http").error("work on the loop failed");
  }
}

}  // namespace

LoopTime system_loop_time() {
  return {
      [] { return steady_clock::now(); },
      [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }};
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

Mailbox::Mailbox()
    : wakeup_(checked(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd")),
      owner_(std::this_thread::get_id()) {}

void Mailbox::wake() noexcept {
  const std::uint64_t one = 1;
  // A full counter (EAGAIN) means that the loop will wake up anyway.
  [[maybe_unused]] const auto written = ::write(wakeup_.get(), &one, sizeof one);
}

void Mailbox::post(EventLoop::Work work) {
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) return;
    waiting_.push_back(std::move(work));
    if (waiting_.size() > 1) return;  // whoever put the first one in has rung
  }
  wake();
}

void Mailbox::close() {
  std::vector<EventLoop::Work> dropped;
  const std::scoped_lock lock(mutex_);
  closed_ = true;
  dropped.swap(waiting_);
}

void Mailbox::deliver() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(wakeup_.get(), &count, sizeof count);
  {
    const std::scoped_lock lock(mutex_);
    running_.swap(waiting_);
  }
  for (EventLoop::Work& work : running_) run_guarded(work);
  running_.clear();
}

EventLoop::Impl::Impl(LoopTime source)
    : time(std::move(source)),
      epoll(checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      mailbox(std::make_shared<Mailbox>()),
      events(kEventsPerTurn),
      current(time.steady()) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = nullptr;
  checked(::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, mailbox->descriptor(), &event), "epoll_ctl");
  refresh();
}

void EventLoop::Impl::watch(int fd, std::uint32_t wanted, Watcher& watcher) {
  epoll_event event{};
  event.events = wanted;
  event.data.ptr = &watcher;
  checked(::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

void EventLoop::Impl::change(int fd, std::uint32_t wanted, Watcher& watcher) {
  epoll_event event{};
  event.events = wanted;
  event.data.ptr = &watcher;
  checked(::epoll_ctl(epoll.get(), EPOLL_CTL_MOD, fd, &event), "epoll_ctl");
}

void EventLoop::Impl::forget(int fd) { ::epoll_ctl(epoll.get(), EPOLL_CTL_DEL, fd, nullptr); }

void EventLoop::Impl::refresh() {
  current = time.steady();
  is_dated = false;
}

std::string_view EventLoop::Impl::date() {
  if (is_dated) return date_text;
  is_dated = true;
  const std::chrono::sys_seconds second = time.wall();
  if (second != dated || date_text.empty()) {
    date_text = imf_fixdate(second);
    dated = second;
  }
  return date_text;
}

bool EventLoop::Impl::all_drained() const {
  return std::ranges::all_of(tenants, [](const Tenant* tenant) { return tenant->drained(); });
}

void EventLoop::Impl::turn() {
  std::optional<steady_clock::time_point> due = timers.next();
  if (give_up && (!due || *give_up < *due)) due = give_up;
  int timeout = -1;
  if (hurried) {
    timeout = 0;
  } else if (due) {
    const auto wait = std::chrono::ceil<milliseconds>(*due - current).count();
    timeout = static_cast<int>(std::clamp<std::int64_t>(wait, 0, 60'000));
  }
  hurried = false;
  const int ready =
      ::epoll_wait(epoll.get(), events.data(), static_cast<int>(events.size()), timeout);
  if (ready < 0 && errno != EINTR) checked(ready, "epoll_wait");
  refresh();
  bool mail = false;
  for (int i = 0; i < ready; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.ptr == nullptr)
      mail = true;
    else
      run_guarded([&event] { static_cast<Watcher*>(event.data.ptr)->on_ready(event.events); });
  }
  if (mail) mailbox->deliver();
  const std::uint64_t mark = timers.mark();
  while (auto work = timers.take_due(current, mark)) run_guarded(*work);
  for (std::size_t i = 0; i < tenants.size(); ++i)
    run_guarded([this, i] { tenants[i]->end_batch(); });
  end_turn();
}

void EventLoop::Impl::end_turn() {
  while (!at_end.empty()) {
    ending.swap(at_end);
    for (Work& work : ending) run_guarded(work);
    ending.clear();
  }
}

bool EventLoop::Impl::run_waiting_work() {
  while (!waiting_work.empty()) {
    // On this thread's stack: the loop may be another one's by the time it returns.
    WaitingWork each = std::move(waiting_work.back());
    waiting_work.pop_back();
    const std::uint64_t began = stand_by.begin();
    run_guarded(each.work);
    if (!stand_by.come_back(began)) {
      mailbox->post(std::move(each.done));
      return false;
    }
    run_guarded(each.done);
  }
  return true;
}

bool EventLoop::Impl::turn_until_end() {
  mailbox->adopt_thread();
  for (;;) {
    refresh();
    if (!give_up && stop.stop_requested()) {
      give_up = current + drain;
      for (std::size_t i = 0; i < tenants.size(); ++i) tenants[i]->begin_drain();
    }
    if (give_up && (all_drained() || current >= *give_up)) return true;
    turn();
    if (!run_waiting_work()) return false;
  }
}

void EventLoop::Impl::serve(bool on_duty) {
  ask_for_short_slices();
  while (on_duty || stand_by.wait_for_duty()) {
    if (turn_until_end()) {
      stand_by.end();
      return;
    }
    on_duty = false;
  }
}

EventLoop::EventLoop(LoopTime time) : impl_(std::make_unique<Impl>(std::move(time))) {}
EventLoop::~EventLoop() { impl_->mailbox->close(); }

void EventLoop::run(const std::stop_token& stop, milliseconds drain) {
  Impl& loop = *impl_;
  loop.running = true;
  loop.stop = stop;
  loop.drain = drain;
  const std::stop_callback wake(stop, [mailbox = loop.mailbox] { mailbox->wake(); });
  loop.serve(true);
  loop.stand_by.join();
  loop.mailbox->adopt_thread();
  loop.mailbox->deliver();
  loop.mailbox->close();
  loop.end_turn();
  loop.run_waiting_work();
  for (std::size_t i = 0; i < loop.tenants.size(); ++i) loop.tenants[i]->abandon();
}

void EventLoop::post(Work work) { impl_->mailbox->post(std::move(work)); }

void EventLoop::at_turn_end(Work work) { impl_->at_end.push_back(std::move(work)); }

bool EventLoop::at_turn_end_waiting(Work work, Work done) {
  Impl& loop = *impl_;
  if (!loop.stand_by.start([&loop] { loop.serve(false); })) return false;
  loop.waiting_work.push_back({std::move(work), std::move(done)});
  return true;
}

std::uint64_t EventLoop::after(milliseconds delay, Work work) {
  if (!impl_->running) impl_->refresh();  // the time of construction may be long ago
  return impl_->timers.add(impl_->current + delay, std::move(work));
}

void EventLoop::cancel(std::uint64_t timer) { impl_->timers.cancel(timer); }

}  // namespace candor::http
