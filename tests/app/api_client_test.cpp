#include "app/api_client.h"

#include <gmock/gmock.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "app/data_directory.h"
#include "app/open_site.h"
#include "contract/store_contract.h"
#include "http/live_server.h"
#include "store/errors.h"

namespace candor::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class ApiClientTest : public testing::Test {
 protected:
  ApiClientTest() {
    std::ofstream(folder_.path / "candor.toml") << "[site]\nurl = \"https://site.example\"\n";
    config_ = load_config(folder_.path / "candor.toml");
  }

  contract::TemporaryDirectory folder_;
  Config config_;
};

TEST_F(ApiClientTest, WithoutADaemonTheSiteIsOpenedHere) {
  {
    ApiClient client(config_);
    EXPECT_FALSE(client.is_daemon());
    client.call("POST", "/api/v1/links",
                R"({"slug":"kettle","destination":"https://shop.example/"})");
    EXPECT_THROW(ApiClient second(config_), store::Busy);
  }
  const json list = json::parse(ApiClient(config_).call("GET", "/api/v1/links?all=1").body);
  EXPECT_EQ(list.at("data").size(), 1u);
}

TEST_F(ApiClientTest, RefusalsSayWhichMemberIsAtFault) {
  ApiClient client(config_);
  try {
    client.call("POST", "/api/v1/links", R"({"slug":"Bad","destination":"https://shop.example/"})");
    FAIL() << "it was taken";
  } catch (const ApiError& error) {
    EXPECT_EQ(error.status, 422);
    EXPECT_THAT(error.what(), testing::StartsWith("slug: "));
  }
}

TEST_F(ApiClientTest, NoticeOfADeadDaemonIsNoObstacle) {
  open_data_directory(config_.data_dir);
  write_run_file(config_.data_dir, {1, "", "", "", socket_path(config_.data_dir)});
  std::ofstream(socket_path(config_.data_dir)) << "left behind";
  EXPECT_FALSE(ApiClient(config_).is_daemon());
}

TEST_F(ApiClientTest, CopiedDirectoryDoesNotSpeakToTheOriginalsDaemon) {
  const std::string original = (folder_.path / "original.sock").string();
  const http::LiveServer daemon(
      [](const http::Request&, http::Reply reply) { reply.send({.status = 200}); }, {},
      "unix:" + original);
  open_data_directory(config_.data_dir);
  write_run_file(config_.data_dir, {1, "", "", "", original});
  EXPECT_FALSE(ApiClient(config_).is_daemon());
}

TEST_F(ApiClientTest, RunningDaemonIsAsked) {
  open_data_directory(config_.data_dir);
  http::LiveServer daemon(
      [](const http::Request& request, http::Reply reply) {
        reply.send({.status = request.path == "/refused" ? 503 : 200, .body = request.target});
      },
      {}, "unix:" + socket_path(config_.data_dir));
  write_run_file(config_.data_dir, {1, "", "", "", socket_path(config_.data_dir)});
  ApiClient client(config_);
  EXPECT_TRUE(client.is_daemon());
  EXPECT_EQ(client.call("GET", "/api/v1/links?a=%20b").body, "/api/v1/links?a=%20b");
  EXPECT_THROW(client.call("GET", "/refused"), ApiError);
}

TEST_F(ApiClientTest, LabelledArticleIsKnownBeforeItsPageWasSeen) {
  std::ofstream(folder_.path / "candor.toml")
      << "[site]\nurl = \"https://site.example\"\n[[labels]]\nnetwork = \"amazon\"\n"
         "text = \"kettles-20\"\narticle = \"/kettles/\"\n";
  config_ = load_config(folder_.path / "candor.toml");
  for (int n = 0; n < 2; ++n) {
    ApiClient client(config_);
    const json status = json::parse(client.call("GET", "/api/v1/status").body);
    EXPECT_EQ(status.at("articles"), 1) << "opening it again adds none";
  }
  const SystemClock clock;
  SystemRandom random;
  open_data_directory(config_.data_dir);
  OpenSite site(config_, clock, random);
  const auto rules = site.store().list_label_rules();
  ASSERT_EQ(rules.size(), 1u);
  EXPECT_EQ(rules[0].text, "kettles-20");
  EXPECT_EQ(rules[0].article, site.store().find_article("/kettles/").value().id);
  EXPECT_EQ(site.store().find_article("/kettles/").value().origin, "owner");
}

}  // namespace
}  // namespace candor::app
