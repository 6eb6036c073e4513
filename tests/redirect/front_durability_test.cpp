// The reader is redirected whatever the disk does, and what became of each click is counted
// exactly.
#include "redirect/front_house.h"

namespace candor::redirect {
namespace {

using namespace std::chrono_literals;
using Call = journal::FaultyDisk::Call;

void expect_counts(const Counters& counters, std::uint64_t accepted, std::uint64_t recorded,
                   std::uint64_t unrecorded, std::uint64_t shed) {
  EXPECT_EQ(counters.accepted, accepted);
  EXPECT_EQ(counters.recorded, recorded);
  EXPECT_EQ(counters.unrecorded, unrecorded);
  EXPECT_EQ(counters.shed, shed);
  EXPECT_EQ(counters.accepted, counters.recorded + counters.unrecorded + counters.shed);
}

using journal::Durability;
constexpr std::size_t kQueue = 65536;

/// In mode `process` the loop writes by itself, in mode `power` the journal's thread does.
class Durably : public testing::TestWithParam<Durability> {};
INSTANTIATE_TEST_SUITE_P(Modes, Durably, testing::Values(Durability::Process, Durability::Power),
                         [](const auto& mode) {
                           return mode.param == Durability::Power ? "Power" : "Process";
                         });

TEST_P(Durably, AnswersOnlyOnceTheClickIsRecorded) {
  FrontHouse house({}, kQueue, GetParam());
  for (int n = 0; n < 50; ++n) {
    house.clock().advance(1min);
    ASSERT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 302");
    ASSERT_EQ(house.clicks().size(), static_cast<std::size_t>(n + 1));
  }
  expect_counts(house.counters(), 50, 50, 0, 0);
}

TEST_P(Durably, StalledDiskHoldsAReaderUpToTheDeadline) {
  FrontHouse house({}, kQueue, GetParam());
  house.ask("/go/shoes");
  house.disk().stall();
  http::Client one(house.address());
  one.send(FrontHouse::request("/go/shoes"));
  house.disk().wait_until_stalled();
  http::Client two(house.address());
  two.send(FrontHouse::request("/go/books"));
  while (house.counters().accepted < 3) house.live().on_loop([] {});
  house.live().advance(249ms);
  EXPECT_EQ(house.counters().recorded, 1u);
  EXPECT_EQ(house.counters().unrecorded, 0u);
  house.disk().resume();
  EXPECT_EQ(status_of(one.read_to_end()), "HTTP/1.1 302");
  EXPECT_EQ(status_of(two.read_to_end()), "HTTP/1.1 302");
  expect_counts(house.counters(), 3, 3, 0, 0);
}

TEST_P(Durably, DeadlinePassedCountsAsUnrecordedUntilTheDiskCatchesUp) {
  FrontHouse house({}, kQueue, GetParam());
  house.ask("/go/shoes");
  house.disk().stall();
  http::Client one(house.address());
  one.send(FrontHouse::request("/go/shoes"));
  house.disk().wait_until_stalled();
  http::Client two(house.address());
  two.send(FrontHouse::request("/go/books"));
  while (house.counters().accepted < 3) house.live().on_loop([] {});
  house.live().advance(250ms);
  EXPECT_EQ(status_of(one.read_to_end()), "HTTP/1.1 302");
  EXPECT_EQ(header_of(two.read_to_end(), "Location"), "https://books.example/");
  expect_counts(house.counters(), 3, 1, 2, 0);
  house.stop_journal();
  expect_counts(house.counters(), 3, 3, 0, 0);
  EXPECT_EQ(house.clicks().size(), 3u);
}

TEST_P(Durably, FullQueueShedsAndRedirectsAtOnce) {
  FrontHouse house({}, 2, GetParam());
  house.ask("/go/shoes");
  house.disk().stall();
  http::Client one(house.address());
  http::Client two(house.address());
  one.send(FrontHouse::request("/go/shoes"));
  house.disk().wait_until_stalled();
  two.send(FrontHouse::request("/go/books"));
  while (house.counters().accepted < 3) house.live().on_loop([] {});
  for (int n = 0; n < 5; ++n) EXPECT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 302");
  EXPECT_EQ(house.counters().shed, 5u);
  house.live().advance(250ms);
  EXPECT_EQ(status_of(one.read_to_end()), "HTTP/1.1 302");
  EXPECT_EQ(status_of(two.read_to_end()), "HTTP/1.1 302");
  expect_counts(house.counters(), 8, 1, 2, 5);
  house.stop_journal();
  expect_counts(house.counters(), 8, 3, 0, 5);
}

TEST_P(Durably, FailingDiskRedirectsCountsAndHeals) {
  for (const auto call : {Call::Write, Call::Sync}) {
    // The sync that a new segment begins with fails a click, too.
    if (call == Call::Sync && GetParam() == Durability::Process) continue;
    FrontHouse house({}, kQueue, GetParam());
    house.ask("/go/shoes");
    house.disk().fail(call, 1, journal::FaultyDisk::kForEver, ENOSPC);
    for (int n = 0; n < 5; ++n) EXPECT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 302");
    expect_counts(house.counters(), 6, 1, 5, 0);
    house.disk().heal();
    EXPECT_EQ(status_of(house.ask("/go/shoes")), "HTTP/1.1 302");
    expect_counts(house.counters(), 7, 2, 5, 0);
    EXPECT_EQ(house.clicks().size(), 2u);
  }
}

TEST(DurabilityPower, OverdueClickThatThenFailsIsCountedOnce) {
  FrontHouse house;
  house.ask("/go/shoes");
  house.disk().fail(Call::Sync, 1, 1, EIO);
  house.disk().stall();
  http::Client one(house.address());
  one.send(FrontHouse::request("/go/shoes"));
  house.disk().wait_until_stalled();
  house.live().advance(250ms);
  EXPECT_EQ(status_of(one.read_to_end()), "HTTP/1.1 302");
  house.stop_journal();
  expect_counts(house.counters(), 2, 1, 1, 0);
  EXPECT_EQ(house.clicks().size(), 1u);
}

TEST_P(Durably, WithoutADeadlineTheReaderWaitsForTheDisk) {
  Options options;
  options.deadline = 0ms;
  FrontHouse house(options, kQueue, GetParam());
  house.ask("/go/shoes");
  house.disk().stall();
  http::Client one(house.address());
  one.send(FrontHouse::request("/go/shoes"));
  house.disk().wait_until_stalled();
  house.live().advance(5s);
  EXPECT_EQ(house.counters().recorded, 1u);
  EXPECT_EQ(house.counters().unrecorded, 0u);
  house.disk().resume();
  EXPECT_EQ(status_of(one.read_to_end()), "HTTP/1.1 302");
  expect_counts(house.counters(), 2, 2, 0, 0);
}

TEST_P(Durably, ClickSettledAfterTheFrontIsGoneIsInTheJournal) {
  FrontHouse house({}, kQueue, GetParam());
  house.ask("/go/shoes");
  house.disk().stall();
  http::Client one(house.address());
  one.send(FrontHouse::request("/go/shoes"));
  house.disk().wait_until_stalled();
  house.drop_front();
  EXPECT_EQ(status_of(one.read_to_end()), "HTTP/1.1 500");
  house.stop_journal();
  EXPECT_EQ(house.clicks().size(), 2u);
}

TEST_P(Durably, ManyClicksUnderLoadAreAllAnsweredAndAllThere) {
  FrontHouse house({}, kQueue, GetParam());
  constexpr int kConnections = 16;
  constexpr int kEach = 100;
  std::vector<std::unique_ptr<http::Client>> clients;
  const std::string ask = "GET /go/shoes HTTP/1.1\r\nHost: blog.example\r\n\r\n";
  for (int n = 0; n < kConnections; ++n)
    clients.push_back(std::make_unique<http::Client>(house.address()));
  for (int round = 0; round < kEach; ++round) {
    for (auto& client : clients) client->send(ask);
    for (auto& client : clients)
      ASSERT_EQ(status_of(client->read_response()), "HTTP/1.1 302") << round;
  }
  expect_counts(house.counters(), kConnections * kEach, kConnections * kEach, 0, 0);
  EXPECT_EQ(house.clicks().size(), static_cast<std::size_t>(kConnections * kEach));
}

}  // namespace
}  // namespace candor::redirect
