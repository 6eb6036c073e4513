#include "app/cap_counts.h"

#include <gtest/gtest.h>

#include <latch>

#include "contract/store_contract.h"
#include "journal/journal.h"
#include "support/site_house.h"

namespace candor::app {
namespace {

class CapCountsTest : public testing::Test {
 protected:
  void write(const std::vector<Click>& clicks) {
    journal::Journal journal({.directory = journal_});
    std::latch written(static_cast<std::ptrdiff_t>(clicks.size()));
    for (const Click& click : clicks)
      journal.append(click, [&written](journal::AppendOutcome) { written.count_down(); });
    written.wait();
  }
  Click click(LinkId link, int number, Verdict verdict = Verdict::Human) const {
    return contract::make_click(FakeClock::kStartMs + number, link, {}, verdict, number);
  }
  std::int64_t counted(LinkId link) const { return count_clicks(*house_.store, journal_)[link]; }

  SiteHouse house_;
  std::filesystem::path journal_ = house_.folder.path / "clicks";
};

TEST_F(CapCountsTest, CapCountsWhatIsStoredAndWhatTheJournalHasBehindIt) {
  Link capped = house_.add_link("kettle");
  capped.click_cap = 10;
  ASSERT_TRUE(house_.store->update_link(capped));
  const LinkId other = house_.add_link("pan").id;
  EXPECT_EQ(counted(capped.id), 0);
  write({click(capped.id, 1), click(capped.id, 2, Verdict::Bot), click(other, 3),
         click(capped.id, 4)});
  EXPECT_EQ(counted(capped.id), 2);
  const journal::Batch all = journal::read(journal_, {}, 100);
  house_.store->absorb(all.clicks, house_.zone, all.next);
  EXPECT_EQ(counted(capped.id), 2) << "none is counted twice";
  write({click(capped.id, 5)});
  EXPECT_EQ(counted(capped.id), 3);
}

}  // namespace
}  // namespace candor::app
