#pragma once
// The inside of an EventLoop, for the servers that live on it. All of it belongs to the loop's
// thread, except for Mailbox.
#include <sys/epoll.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/event_loop.h"
#include "http/stand_by.h"
#include "http/timers.h"

namespace candor::http {

/// Owns one file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

/// Somebody whose descriptor became ready. Must stay alive until the batch of events it was named
/// in has ended: see Tenant::end_batch.
class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual void on_ready(std::uint32_t events) = 0;
};

/// A server that lives on a loop.
class Tenant {
 public:
  virtual ~Tenant() = default;
  virtual void begin_drain() = 0;
  virtual bool drained() const = 0;
  /// Closes what is left.
  virtual void abandon() = 0;
  /// No event fetched earlier names anybody any more: closed connections can be freed, and those
  /// with bytes left over taken up again.
  virtual void end_batch() = 0;
};

/// Work for the loop from any thread. Outlives the loop where somebody still holds it; then it
/// drops what it is given.
class Mailbox {
 public:
  Mailbox();
  void post(EventLoop::Work work);
  void wake() noexcept;
  void close();
  bool is_loop_thread() const { return owner_.load() == std::this_thread::get_id(); }
  void adopt_thread() { owner_.store(std::this_thread::get_id()); }
  /// Empties the wake-up counter and runs everything that waits.
  void deliver();
  int descriptor() const { return wakeup_.get(); }

 private:
  Descriptor wakeup_;
  std::atomic<std::thread::id> owner_;
  std::mutex mutex_;
  std::vector<EventLoop::Work> waiting_;  // guarded by mutex_
  bool closed_ = false;                   // guarded by mutex_
  std::vector<EventLoop::Work> running_;
};

struct EventLoop::Impl {
  explicit Impl(LoopTime source);

  void watch(int fd, std::uint32_t events, Watcher& watcher);
  void change(int fd, std::uint32_t events, Watcher& watcher);
  void forget(int fd);
  void join(Tenant& tenant) { tenants.push_back(&tenant); }
  void leave(Tenant& tenant) { std::erase(tenants, &tenant); }
  /// Asks for another turn without waiting.
  void hurry() { hurried = true; }

  std::chrono::steady_clock::time_point now() const { return current; }
  /// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7), made anew once a second,
  /// the clock looked at once a turn.
  std::string_view date();
  void refresh();

  /// A thread's life with the loop: turns while it has it, else standing by. Returns when the loop
  /// has ended.
  void serve(bool on_duty);
  /// False when the loop was taken over meanwhile: then it is another thread's.
  bool turn_until_end();
  void turn();
  void end_turn();
  bool run_waiting_work();
  bool all_drained() const;

  LoopTime time;
  Descriptor epoll;
  std::shared_ptr<Mailbox> mailbox;
  Timers timers;
  std::vector<Tenant*> tenants;
  std::vector<epoll_event> events;
  std::vector<Work> at_end;
  std::vector<Work> ending;  ///< empty outside of end_turn()
  struct WaitingWork {
    Work work;
    Work done;
  };
  std::vector<WaitingWork> waiting_work;
  StandBy stand_by;
  std::stop_token stop;
  std::chrono::milliseconds drain{};
  std::optional<std::chrono::steady_clock::time_point> give_up;  ///< set while it drains
  std::chrono::steady_clock::time_point current;
  std::chrono::sys_seconds dated{};
  std::string date_text;
  bool is_dated = false;  ///< this turn
  bool hurried = false;
  bool running = false;
};

}  // namespace candor::http
