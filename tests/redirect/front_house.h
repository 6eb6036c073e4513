#pragma once
// A click front with a real loop, server and journal, and a few links to follow.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "click/bot_filter.h"
#include "click/click_token.h"
#include "http/live_server.h"
#include "journal/faulty_disk.h"
#include "journal/journal_testing.h"
#include "redirect/front.h"

namespace candor::redirect {

inline constexpr std::string_view kBrowser =
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

class ManualClock final : public Clock {
 public:
  Millis now() const override { return from_ms(now_ms_); }
  void advance(std::chrono::milliseconds by) { now_ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_ms_{1'795'000'000'000};
};

class FixedSalt final : public SaltKeeper {
 public:
  VisitorSalt salt_at(Millis) override { return VisitorSalt{1, 2, 3}; }
};

inline LinkTable sample_links() {
  std::vector<LinkEntry> links;
  links.push_back({{11},
                   "shoes",
                   {"https://shop.example/p?clickref=", "&utm=1", true},
                   LinkState::Active,
                   true});
  links.push_back({{12}, "books", {"https://books.example/", "", false}, LinkState::Active, false});
  links.push_back(
      {{14}, "kettle", {"https://www.amazon.com/dp/B1", "", false}, LinkState::Direct, true});
  links.push_back({{13}, "gone", {"https://gone.example/", "", false}, LinkState::Disabled, true});
  return {links, {{{7}, "/recipes/soup/"}, {{8}, "/shop/"}}};
}

class FrontHouse {
 public:
  explicit FrontHouse(Options options = {}, std::size_t queue_limit = 65536,
                      journal::Durability durability = journal::Durability::Power)
      : live_([this](const http::Request& request, http::Reply reply) {
          front_->handle(request, std::move(reply));
        }) {
    options.site_hosts = {"blog.example", "www.blog.example"};
    journal_ = std::make_unique<journal::Journal>(journal::Options{.directory = directory_.path(),
                                                                   .durability = durability,
                                                                   .segment_bytes = 1u << 20,
                                                                   .queue_limit = queue_limit},
                                                  disk_);
    live_.on_loop([&] {
      front_ = std::make_unique<Front>(live_.loop(), *journal_, clock_, salts_, bots(), key_,
                                       std::move(options));
      front_->set_links(std::make_shared<const LinkTable>(sample_links()));
    });
  }
  ~FrontHouse() {
    disk_.resume();
    drop_front();
  }
  /// Other links than the sample's.
  void set_links(LinkTable table) {
    live_.on_loop([&] { front_->set_links(std::make_shared<const LinkTable>(std::move(table))); });
  }
  void drop_front() {
    live_.on_loop([this] { front_.reset(); });
  }

  void serve_beacons(BeaconDesk& desk) {
    live_.on_loop([&] { front_->set_beacons(desk); });
  }

  /// Compiling the patterns takes longer than a test.
  static const BotFilter& bots() {
    static const BotFilter filter;
    return filter;
  }

  /// One request on a connection of its own; the whole answer.
  std::string ask(std::string_view target, std::string_view headers = {},
                  std::string_view method = "GET", std::string_view user_agent = kBrowser) {
    http::Client client(address());
    client.send(request(target, headers, method, user_agent));
    return client.read_to_end();
  }
  static std::string request(std::string_view target, std::string_view headers = {},
                             std::string_view method = "GET",
                             std::string_view user_agent = kBrowser) {
    std::string text(method);
    text.append(" ").append(target).append(" HTTP/1.1\r\nHost: blog.example\r\nUser-Agent: ");
    text.append(user_agent).append("\r\n").append(headers);
    return text + "Connection: close\r\n\r\n";
  }

  /// What is in the journal by now.
  std::vector<Click> clicks() const {
    const journal::Batch batch = journal::read_all(directory_.path());
    EXPECT_TRUE(batch.damage.empty());
    return batch.clicks;
  }
  Click last_click() const {
    const auto all = clicks();
    return all.empty() ? Click{} : all.back();
  }

  void set_options(Options options) {
    live_.on_loop([&] { front_->set_options(std::move(options)); });
  }

  Front& front() { return *front_; }
  const Counters& counters() const { return front_->counters(); }
  std::string address() const { return live_.address(); }
  http::LiveServer& live() { return live_; }
  journal::FaultyDisk& disk() { return disk_; }
  ManualClock& clock() { return clock_; }
  std::span<const ClickTokenKey> keys() const { return {&key_, 1}; }
  /// Waits until the journal has settled everything.
  void stop_journal() {
    disk_.resume();
    journal_.reset();
  }
  journal::Journal& journal() { return *journal_; }

 private:
  journal::TemporaryDirectory directory_;
  journal::FaultyDisk disk_;
  ManualClock clock_;
  FixedSalt salts_;
  ClickTokenKey key_{'k', {9, 8, 7, 6, 5, 4, 3, 2, 1}};
  std::unique_ptr<journal::Journal> journal_;
  std::unique_ptr<Front> front_;
  http::LiveServer live_;
};

inline std::string header_of(std::string_view answer, std::string_view name) {
  const std::string start = "\r\n" + std::string(name) + ": ";
  const auto at = answer.find(start);
  if (at == std::string_view::npos) return {};
  const auto begin = at + start.size();
  return std::string(answer.substr(begin, answer.find("\r\n", begin) - begin));
}

inline std::string status_of(std::string_view answer) { return std::string(answer.substr(0, 12)); }

}  // namespace candor::redirect
