// What the configuration says, a backup now, and what is known of the networks.
#include <filesystem>
#include <fstream>

#include "api/api_house.h"

namespace candor::api {
namespace {

class SettingsTest : public ApiTest {};

TEST_F(SettingsTest, SettingsAreThoseCandorRunsWith) {
  house_.settings.programmes = {
      {.network = "kettle club", .hosts = {"shop.example"}, .parameter = "ref"}};
  const Asked asked = get("/api/v1/settings");
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(asked.body.at("site").at("name"), "Test site");
  EXPECT_EQ(asked.body.at("site").at("zone"), "UTC");
  EXPECT_EQ(asked.body.at("programmes"),
            (json::array(
                {{{"name", "kettle club"}, {"hosts", {"shop.example"}}, {"parameter", "ref"}}})));
  EXPECT_EQ(asked.body.at("privacy"),
            (json{{"visitors", "on"}, {"beacon", "on"}, {"click_token", "on"}}));
  EXPECT_EQ(asked.body.at("retention").at("raw_click_days"), 7);
  EXPECT_EQ(asked.body.at("revenue").at("model"), "linear");
  EXPECT_EQ(asked.body.at("revenue").at("currency").at("awin"), "GBP");
  EXPECT_TRUE(asked.body.at("backup").at("files").empty());
}

TEST_F(SettingsTest, BackupIsMadeNowAndListed) {
  EXPECT_EQ(owner("POST", "/api/v1/jobs/backup").status, 409) << "none are kept";
  house_.nightly.backup_directory = house_.folder.path / "backups";
  house_.nightly.database = house_.folder.path / "candor.db";
  house_.nightly.backups_kept = 1;
  Site site = house_.site;
  site.nightly.backup_directory = house_.nightly.backup_directory;
  site.nightly.database = house_.nightly.database;
  site.nightly.backups_kept = 1;
  const auto ask_site = [&](std::string_view method, const std::string& target) {
    const http::Response response =
        handle(site, request_for(method, target), {.local = true, .session_token = {}});
    return std::pair(response.status, json::parse(response.body));
  };
  const auto [status, made] = ask_site("POST", "/api/v1/jobs/backup");
  ASSERT_EQ(status, 200) << made;
  EXPECT_TRUE(std::filesystem::exists(made.at("file").get<std::string>()));
  const json files = ask_site("GET", "/api/v1/settings").second.at("backup").at("files");
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].at("file_name"), "candor-2026-11-18.db");
  EXPECT_EQ(files[0].at("bytes"), made.at("bytes"));
  const std::scoped_lock busy(house_.nightly_mutex);
  EXPECT_EQ(ask_site("POST", "/api/v1/jobs/backup").first, 503);
}

TEST_F(SettingsTest, NetworksSayWhatIsKnownOfThem) {
  house_.add_link("kettle");
  owner("POST", "/api/v1/links",
        json{{"slug", "mug"},
             {"destination", "https://www.amazon.com/dp/B0?tag=x-20"},
             {"merchant", "Amazon"}}
            .dump());
  const ArticleId article = house_.add_article("/mugs/");
  house_.store->set_label_rules({{"amazon", "tag", "x-20", article}});
  const json data = get("/api/v1/networks").body.at("data");
  ASSERT_EQ(data.size(), 2u);
  EXPECT_EQ(data[0].at("network"), "amazon");
  EXPECT_EQ(data[0].at("name"), "Amazon");
  EXPECT_EQ(data[0].at("window_hours"), 24);
  EXPECT_EQ(data[0].at("stays_direct"), true);
  EXPECT_EQ(data[0].at("merchants"), (json::array({{{"merchant", "Amazon"}, {"links", 1}}})));
  EXPECT_EQ(data[0].at("labels"),
            (json::array({{{"kind", "tag"}, {"text", "x-20"}, {"article", "/mugs/"}}})));
  EXPECT_EQ(data[1].at("network"), "awin");
  EXPECT_EQ(data[1].at("window_hours"), 30 * 24);
  EXPECT_EQ(data[1].at("imported_at"), nullptr);
}

TEST_F(SettingsTest, AnImportThatIsNotIsNotFound) {
  EXPECT_EQ(get("/api/v1/revenue/imports/1").status, 404);
  EXPECT_EQ(get("/api/v1/revenue/imports/x").status, 404);
}

}  // namespace
}  // namespace candor::api
