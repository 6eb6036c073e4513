#include "http/server.h"

#include <Poco/Logger.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>
#include <vector>

#include "http/address_counts.h"
#include "http/connection.h"
#include "http/listener.h"
#include "http/loop_core.h"
#include "http/response_writer.h"

namespace candor::http {
namespace {

// Connections taken per turn, so that a flood of them does not hold up the answers.
constexpr int kAcceptsPerTurn = 64;
// How long to wait for a descriptor to come free.
constexpr std::chrono::milliseconds kAcceptBackOff{100};

void deliver(Reply::Slot& slot, Response response) {
  if (slot.connection != nullptr) slot.connection->answer(slot, std::move(response));
}

}  // namespace

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this != &other) {
    if (slot_) send(refusal(500));
    slot_ = std::move(other.slot_);
  }
  return *this;
}

Reply::~Reply() {
  if (slot_) send(refusal(500));
}

void Reply::send(Response response) {
  const std::shared_ptr<Slot> slot = std::exchange(slot_, nullptr);
  if (!slot) return;
  if (slot->mailbox->is_loop_thread()) {
    deliver(*slot, std::move(response));
    return;
  }
  slot->mailbox->post(
      [slot, answer = std::move(response)]() mutable { deliver(*slot, std::move(answer)); });
}

struct Server::Impl final : Tenant, Watcher, Household {
  Impl(EventLoop& owner, const std::string& listen, Handler& h, Limits given);
  ~Impl() override;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void on_ready(std::uint32_t events) override;
  void retire(Connection& connection) override;
  void queue(Connection& connection) override;
  void deadline_started() override;
  void begin_drain() override;
  bool drained() const override { return open.empty(); }
  void abandon() override;
  void end_batch() override;

  bool make_room();
  void add(Accepted accepted);
  bool may_enter(const std::string& peer);
  void turn_away(const Poco::Net::StreamSocket& socket);
  void apply(const Limits& wanted);
  void pause_accepting(bool for_descriptors);
  void go_on_accepting();
  void check_deadlines();

  Listener listener;
  std::vector<std::unique_ptr<Connection>> open;
  std::vector<std::unique_ptr<Connection>> retired;
  std::vector<Connection*> waiting;  // with bytes left to look at
  std::vector<Connection*> resuming;
  std::atomic<std::size_t> count{0};
  std::atomic<std::uint64_t> refused{0};
  AddressCounts addresses;
  std::function<bool(const std::string&)> uncapped = [](const std::string&) { return false; };
  std::optional<std::chrono::steady_clock::time_point> check_at;
  std::uint64_t check_timer = 0;
  std::uint64_t accept_timer = 0;
  bool accepting = true;
  bool dry = false;  // out of descriptors, and said so
};

Server::Impl::Impl(EventLoop& owner, const std::string& listen, Handler& h, Limits given)
    : Household(owner.impl(), h, given), listener(listen) {
  loop.watch(listener.descriptor(), EPOLLIN, *this);
  loop.join(*this);
}

Server::Impl::~Impl() {
  abandon();
  loop.leave(*this);
  loop.timers.cancel(check_timer);
  loop.timers.cancel(accept_timer);
}

void Server::Impl::on_ready(std::uint32_t) {
  for (int i = 0; accepting && i < kAcceptsPerTurn; ++i) {
    const bool full = open.size() >= limits.connections;
    if (full && deadlines.oldest(Deadline::Idle) == nullptr) {
      pause_accepting(false);
      return;
    }
    std::optional<Accepted> accepted;
    switch (listener.accept(accepted)) {
      case Listener::Outcome::Accepted:
        dry = false;
        if (!may_enter(accepted->peer)) {
          turn_away(accepted->socket);
          break;
        }
        if (full) make_room();
        add(std::move(*accepted));
        break;
      case Listener::Outcome::NobodyWaits:
        return;
      case Listener::Outcome::OutOfDescriptors:
        // The system says so even when nobody waits; only the first try of a turn is known to be
        // for somebody.
        if (i > 0) return;
        if (!make_room()) pause_accepting(true);
        return;
    }
  }
}

bool Server::Impl::may_enter(const std::string& peer) {
  const std::size_t most = limits.connections_per_address;
  return most == 0 || peer.empty() || addresses.count(address_group(peer)) < most || uncapped(peer);
}

void Server::Impl::turn_away(const Poco::Net::StreamSocket& socket) {
  refused.fetch_add(1, std::memory_order_relaxed);
  std::string answer;
  Response response = refusal(429);
  response.headers.emplace_back("Retry-After", "1");
  append_response(answer, response, {.close = true}, loop.date());
  // Said once and not waited for: a flood must cost next to nothing.
  Poco::Net::StreamSocket leaving(socket);
  [[maybe_unused]] const auto sent =
      ::send(leaving.impl()->sockfd(), answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  leaving.close();
}

void Server::Impl::apply(const Limits& wanted) {
  limits = wanted;
  deadlines.set_lengths(limits);
  loop.timers.cancel(check_timer);
  check_at.reset();
  deadline_started();
  go_on_accepting();
}

void Server::Impl::add(Accepted accepted) {
  auto connection = std::make_unique<Connection>(*this, accepted.socket, std::move(accepted.peer));
  addresses.enter(address_group(connection->peer()));
  connection->index = open.size();
  open.push_back(std::move(connection));
  count.store(open.size(), std::memory_order_relaxed);
}

bool Server::Impl::make_room() {
  // Whoever has been silent for longest goes: an idle crowd must not keep readers out.
  Timed* idle = deadlines.oldest(Deadline::Idle);
  if (idle == nullptr) return false;
  static_cast<Connection*>(idle)->close();
  return true;
}

void Server::Impl::pause_accepting(bool for_descriptors) {
  accepting = false;
  loop.change(listener.descriptor(), 0, *this);
  if (!for_descriptors) return;  // goes on when a connection closes
  if (!std::exchange(dry, true))
    Poco::Logger::get("http").warning("no descriptor is free: new connections wait");
  accept_timer = loop.timers.add(loop.now() + kAcceptBackOff, [this] { go_on_accepting(); });
}

void Server::Impl::go_on_accepting() {
  if (accepting || draining) return;
  accepting = true;
  loop.change(listener.descriptor(), EPOLLIN, *this);
}

void Server::Impl::retire(Connection& connection) {
  const std::size_t at = connection.index;
  if (at >= open.size() || open[at].get() != &connection) return;  // never got in
  if (connection.queued) std::erase(waiting, &connection);
  addresses.leave(address_group(connection.peer()));
  retired.push_back(std::move(open[at]));
  if (at + 1 != open.size()) {
    open[at] = std::move(open.back());
    open[at]->index = at;
  }
  open.pop_back();
  count.store(open.size(), std::memory_order_relaxed);
  loop.hurry();
  go_on_accepting();
}

void Server::Impl::queue(Connection& connection) {
  if (std::exchange(connection.queued, true)) return;
  waiting.push_back(&connection);
  loop.hurry();
}

void Server::Impl::end_batch() {
  retired.clear();
  if (waiting.empty()) return;
  resuming.swap(waiting);
  for (Connection* connection : resuming) {
    connection->queued = false;
    connection->resume();
  }
  resuming.clear();
}

void Server::Impl::deadline_started() {
  const auto next = deadlines.next();
  if (!next || (check_at && *check_at <= *next)) return;
  loop.timers.cancel(check_timer);
  check_at = next;
  check_timer = loop.timers.add(*next, [this] { check_deadlines(); });
}

void Server::Impl::check_deadlines() {
  check_at.reset();
  deadlines.expire(loop.now());
  deadline_started();
}

void Server::Impl::begin_drain() {
  // What waits in the backlog has been promised an answer.
  if (!draining && accepting) on_ready(EPOLLIN);
  draining = true;
  loop.forget(listener.descriptor());
  listener.close();
  std::vector<Connection*> all;
  for (const auto& connection : open) all.push_back(connection.get());
  for (Connection* connection : all) connection->begin_drain();
}

void Server::Impl::abandon() {
  if (!draining) loop.forget(listener.descriptor());
  draining = true;
  listener.close();
  while (!open.empty()) open.back()->close();
  retired.clear();
}

Server::Server(EventLoop& loop, const std::string& listen, Handler& handler, Limits limits)
    : impl_(std::make_unique<Impl>(loop, listen, handler, limits)) {}
Server::~Server() = default;

std::string Server::address() const { return impl_->listener.address(); }
std::size_t Server::connections() const { return impl_->count.load(std::memory_order_relaxed); }
std::uint64_t Server::refused() const { return impl_->refused.load(std::memory_order_relaxed); }
void Server::set_limits(const Limits& limits) { impl_->apply(limits); }
void Server::set_uncapped(std::function<bool(const std::string&)> uncapped) {
  impl_->uncapped = std::move(uncapped);
}

}  // namespace candor::http
