#include "jobs/night_steps.h"

#include <gmock/gmock.h>

#include <fstream>

#include "support/site_house.h"

namespace candor::jobs {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const BotFilter& bots() {
  static const BotFilter kBots;
  return kBots;
}

class NightStepsTest : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    const fs::path file = house_.folder.path / "public" / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }

  SiteHouse house_;
  int compiled_ = 0;
};

TEST_F(NightStepsTest, ClicksAreJudgedAnewOnlyByNewRules) {
  house_.nightly.bots = [this]() -> const BotFilter& {
    ++compiled_;
    return bots();
  };
  Click click =
      contract::make_click(to_ms(house_.clock.now()) - 3'600'000, LinkId{1}, {}, Verdict::Human, 1);
  click.user_agent = "Googlebot/2.1";
  house_.store->absorb({click}, house_.zone, {1, 1});
  EXPECT_THAT(reclassify_step(house_.nightly).message,
              HasSubstr("1 clicks judged by new rules, 1 changed"));
  EXPECT_EQ(house_.store->find_click(click.id)->verdict, Verdict::Bot);
  EXPECT_THAT(reclassify_step(house_.nightly).message, HasSubstr("no new rules"));
  EXPECT_EQ(compiled_, 1);
  house_.store->set_marks({{"reclassify", "other-rules"}});
  EXPECT_THAT(reclassify_step(house_.nightly).message, HasSubstr("1 clicks judged"));
  house_.store->set_marks(
      {{"reclassify", BotFilter::rules_id() + " " + std::to_string(click.id.value)}});
  EXPECT_THAT(reclassify_step(house_.nightly).message, HasSubstr("0 clicks judged"))
      << "goes on behind it";
}

TEST_F(NightStepsTest, PagesAreAuditedWhenTheirBytesChange) {
  house_.nightly.pages = &house_.pages;
  house_.nightly.page_root = house_.folder.path / "public";
  const std::string page =
      "<!doctype html><html lang=en><title>Kettles</title><main><h1>Kettles</h1><p>A text. "
      "<a href=\"https://www.awin1.com/cread.php?awinmid=1&awinaffid=2\">Buy</a></p></main></html>";
  write("kettles/index.html", page);
  write("about.html", "<!doctype html><title>About</title><p>Us.</p>");
  write("style.css", "p { color: red }");
  EXPECT_EQ(audit_step(house_.nightly).message, "2 of 2 pages changed");
  ASSERT_TRUE(house_.store->find_article("/kettles/"));
  EXPECT_NE(house_.store->find_article("/kettles/")->verdict, "");
  EXPECT_EQ(audit_step(house_.nightly).message, "0 of 2 pages changed");
  write("kettles/index.html", page + "\n");
  EXPECT_EQ(audit_step(house_.nightly).message, "1 of 2 pages changed");
}

}  // namespace
}  // namespace candor::jobs
