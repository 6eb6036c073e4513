#include "app/link_exporter.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "support/site_house.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNow = FakeClock::kStartMs;

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class LinkExporterTest : public testing::Test {
 protected:
  SiteHouse house_;
  fs::path directory_ = house_.folder.path / "export";
  fs::path nginx_ = directory_ / "nginx-map.conf";
  fs::path caddy_ = directory_ / "Caddyfile";
};

TEST_F(LinkExporterTest, FilesHoldTheLinksAndCanBeReadByTheWebServersUser) {
  house_.add_link("kettle");
  export_links(*house_.store, directory_, "/go/", kNow);
  EXPECT_NE(content(nginx_).find("\"/go/kettle\" "), std::string::npos);
  EXPECT_NE(content(caddy_).find("`/go/kettle` "), std::string::npos);
  for (const fs::path& file : {nginx_, caddy_})
    EXPECT_EQ(static_cast<unsigned>(fs::status(file).permissions()), 0644u);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_), fs::directory_iterator()), 2);
}

TEST_F(LinkExporterTest, FileThatWouldNotDifferIsLeftAlone) {
  house_.add_link("kettle");
  export_links(*house_.store, directory_, "/go/", kNow);
  const auto then = fs::file_time_type::clock::now() - std::chrono::hours(1);
  fs::last_write_time(nginx_, then);
  export_links(*house_.store, directory_, "/go/", kNow);
  EXPECT_EQ(fs::last_write_time(nginx_), then);
  EXPECT_FALSE(fs::exists(nginx_.string() + ".new"));
  house_.add_link("pan");
  export_links(*house_.store, directory_, "/go/", kNow);
  EXPECT_NE(fs::last_write_time(nginx_), then);
}

TEST_F(LinkExporterTest, ChangeIsExportedBeforeTheEnd) {
  house_.add_link("kettle");
  {
    LinkExporter exporter(*house_.store, directory_, "/go/", house_.clock);
    exporter.links_changed();
  }
  EXPECT_NE(content(nginx_).find("/go/kettle"), std::string::npos);
}

TEST_F(LinkExporterTest, LinksThatStartAndEndAreExportedWithoutAChange) {
  Link link = house_.add_link("kettle");
  link.starts_at_ms = kNow + 1'000;
  link.expires_at_ms = kNow + 2'000;
  ASSERT_TRUE(house_.store->update_link(link));
  EXPECT_EQ(export_links(*house_.store, directory_, "/go/", kNow), kNow + 1'000);
  EXPECT_EQ(content(nginx_).find("/go/kettle"), std::string::npos);
  LinkExporter exporter(*house_.store, directory_, "/go/", house_.clock);
  exporter.links_changed();
  for (const bool serves : {true, false}) {
    house_.clock.advance(std::chrono::seconds(1));
    const auto seen = [&] { return (content(nginx_).find("/go/kettle") != std::string::npos); };
    while (seen() != serves) {  // the thread runs when nothing else wants to: CTest has the limit
      exporter.look_at_clock();
      std::this_thread::yield();
    }
  }
}

TEST_F(LinkExporterTest, WithoutAChangeNothingIsWritten) {
  {
    LinkExporter exporter(*house_.store, directory_, "/go/", house_.clock);
  }
  EXPECT_FALSE(fs::exists(directory_));
}

TEST_F(LinkExporterTest, FolderThatCannotBeWrittenHoldsNobodyUp) {
  std::ofstream(directory_) << "a file in its place";
  {
    LinkExporter exporter(*house_.store, directory_, "/go/", house_.clock);
    exporter.links_changed();
  }
  EXPECT_EQ(content(directory_), "a file in its place");
  EXPECT_THROW(export_links(*house_.store, directory_, "/go/", kNow), std::system_error);
}

}  // namespace
}  // namespace candor::app
