#include "api/reset_desk.h"

#include <utility>

namespace candor::api {

ResetDesk::~ResetDesk() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

bool ResetDesk::has_room(const std::string& key, std::size_t most, std::int64_t now_ms) {
  std::deque<std::int64_t>& times = asked_[key];
  while (!times.empty() && now_ms - times.front() >= kWindowMs) times.pop_front();
  return times.size() < most;
}

bool ResetDesk::admits(std::string_view address, std::string_view account, std::int64_t now_ms) {
  const std::scoped_lock lock(mutex_);
  // Whoever fills the memory with names shuts the desk, not the machine.
  if (asked_.size() >= kMostKeys)
    std::erase_if(asked_, [now_ms](const auto& each) {
      return each.second.empty() || now_ms - each.second.back() >= kWindowMs;
    });
  if (asked_.size() >= kMostKeys) return false;
  const std::string of_address = "a" + std::string(address);
  const std::string of_account = "n" + std::string(account);
  const bool room =
      has_room(of_address, kMostOfAddress, now_ms) && has_room(of_account, kMostOfAccount, now_ms);
  if (!room) return false;
  asked_[of_address].push_back(now_ms);
  asked_[of_account].push_back(now_ms);
  return true;
}

void ResetDesk::later(std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  if (waiting_.size() >= kMostWaiting) return;
  waiting_.push_back(std::move(work));
  if (!thread_.joinable())
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  changed_.notify_all();
}

void ResetDesk::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.empty() && !busy_; });
}

void ResetDesk::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
    if (stop.stop_requested()) return;
    const std::function<void()> work = std::move(waiting_.front());
    waiting_.pop_front();
    busy_ = true;
    lock.unlock();
    work();
    lock.lock();
    busy_ = false;
    changed_.notify_all();
  }
}

}  // namespace candor::api
