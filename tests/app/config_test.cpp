#include "app/config.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "contract/store_contract.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  Config load(const std::string& text) {
    std::ofstream(file_, std::ios::binary) << text;
    return load_config(file_);
  }
  /// "line:column: message", or empty when it loads.
  std::string refusal(const std::string& text) {
    try {
      load(text);
      return {};
    } catch (const ConfigError& error) {
      const std::string what = error.what();
      EXPECT_TRUE(what.starts_with(file_.string() + ":")) << what;
      return what.substr(file_.string().size() + 1);
    }
  }
  static std::string site(const std::string& more = {}) {
    return "[site]\nurl = \"https://site.example\"\n" + more;
  }

  contract::TemporaryDirectory folder_;
  fs::path file_ = folder_.path / "candor.toml";
};

TEST_F(ConfigTest, UrlAloneIsEnough) {
  const Config config = load(site());
  EXPECT_EQ(config.site.name, "site.example");
  EXPECT_THAT(config.site.hosts, ElementsAre("site.example"));
  EXPECT_EQ(config.site.go_url, "https://site.example/go/");
  EXPECT_THAT(config.site.jurisdictions, ElementsAre("US"));
  EXPECT_TRUE(config.site.link_through_go);
  EXPECT_FALSE(config.site.demo);
  EXPECT_EQ(config.zone, "UTC");
  EXPECT_EQ(config.data_dir, folder_.path / "data");
  EXPECT_EQ(config.drop_dir, folder_.path / "data" / "drop");
  EXPECT_TRUE(config.pages_root.empty());
  EXPECT_EQ(config.redirect_listen, "127.0.0.1:8080");
  EXPECT_EQ(config.durability, journal::Durability::Power);
  EXPECT_EQ(config.deadline, std::chrono::milliseconds(250));
  EXPECT_EQ(config.report_days, 28);
}

TEST_F(ConfigTest, EverythingCanBeSaid) {
  const Config config = load(R"(data_dir = "/srv/candor"
[site]
name = "Kettles & Co"
url = "https://Site.Example/"
hosts = ["WWW.site.example", "küche.example"]
zone = "Europe/Berlin"
jurisdictions = ["DE", "us", "GB", "UK"]
language = "de"
demo = true
[redirect]
listen = "[::1]:0"
public_url = "https://r.site.example/"
go_prefix = "/out/"
durability = "process"
deadline_ms = 0
repeat_window_s = 60
trusted_proxies = ["10.0.0.0/8"]
node = 7
[admin]
listen = "127.0.0.1:0"
public_url = "https://admin.example/"
[pages]
root = "public"
listen = "127.0.0.1:0"
link_through_go = false
[revenue]
drop_dir = "reports"
report_days = 7
currency = { awin = "GBP" }
[[labels]]
network = "amazon"
text = "kettles-20"
article = "/wasserkocher-für-alle/"
[[programmes]]
name = "kettle club"
hosts = ["Shop.Example", "*.club.example"]
parameter = "partner"
)");
  EXPECT_EQ(config.data_dir, "/srv/candor");
  EXPECT_EQ(config.site.url, "https://Site.Example");
  EXPECT_THAT(config.site.jurisdictions, ElementsAre("DE", "US", "UK"));
  EXPECT_THAT(config.site.hosts,
              ElementsAre("site.example", "www.site.example", "xn--kche-0ra.example"));
  EXPECT_EQ(config.site.go_url, "https://r.site.example/out/");
  EXPECT_EQ(config.admin_public_url, "https://admin.example");
  EXPECT_EQ(config.durability, journal::Durability::Process);
  EXPECT_EQ(config.deadline.count(), 0);
  EXPECT_EQ(config.node, 7);
  EXPECT_EQ(config.pages_root, folder_.path / "public");
  EXPECT_EQ(config.drop_dir, "/srv/candor/reports");
  EXPECT_EQ(config.currency.at("awin").text(), "GBP");
  ASSERT_EQ(config.labels.size(), 1u);
  EXPECT_EQ(config.labels[0].kind, "tag");
  EXPECT_EQ(config.labels[0].article, "/wasserkocher-f%C3%BCr-alle/") << "as browsers send it";
  ASSERT_EQ(config.site.programmes.size(), 1u);
  EXPECT_EQ(config.site.programmes[0].network, "kettle club");
  EXPECT_THAT(config.site.programmes[0].hosts, ElementsAre("shop.example", "*.club.example"));
  EXPECT_EQ(config.site.programmes[0].parameter, "partner");
}

TEST_F(ConfigTest, ErrorsNameTheirPlaceAndReason) {
  const std::vector<std::pair<std::string, std::string>> bad{
      {"[site\n", "1:"},
      {"[site]\nname = \"x\"\n", "1:1: site.url: is missing"},
      {"", " site.url: is missing"},
      {"site = 5\n", "1:8: site must be a table: [site]"},
      {"[site]\nurl = 5\n", "2:7: site.url must be text in quotes"},
      {"[site]\nurl = \"ftp://site.example\"\n", "2:7: site.url: \"ftp://site.example\""},
      {"[site]\nurl = \"https://site.example/?a\"\n", "2:7: site.url"},
      {site("zone = \"Mars/Olympus\"\n"), "3:8: site.zone"},
      {site("hosts = \"www\"\n"), "3:9: site.hosts must be a list of texts"},
      {site("hosts = [\"a\", 5]\n"), "3:15: site.hosts must be a list of texts"},
      {site("hosts = [\"https://a.example\"]\n"), "3:9: site.hosts: \"https://a.example\" is no"},
      {site("demo = \"yes\"\n"), "3:8: site.demo must be true or false"},
      {site("jurisdictions = []\n"), "3:17: site.jurisdictions: is empty"},
      {site("jurisdictions = [\"USA\"]\n"), "3:17: site.jurisdictions: \"USA\""},
      {site("jurisdictions = [\"US\", \"XX\"]\n"),
       "3:17: site.jurisdictions: \"XX\" is no jurisdiction Candor knows; there are US UK"},
      {site("[redirect]\ndeadline_ms = -1\n"), "4:15: redirect.deadline_ms must be a whole number"},
      {site("[redirect]\nnode = 1024\n"),
       "4:8: redirect.node must be a whole number from 0 to 1023"},
      {site("[redirect]\nnode = 1.5\n"), "4:8: redirect.node"},
      {site("[redirect]\ndurability = \"total\"\n"), "4:14: redirect.durability: is \"power\""},
      {site("[redirect]\ngo_prefix = \"go\"\n"), "4:13: redirect.go_prefix: must"},
      {site("[redirect]\ngo_prefix = \"/go?/\"\n"), "4:13: redirect.go_prefix: must"},
      {site("[redirect]\npublic_url = \"javascript:alert(1)\"\n"), "4:14: redirect.public_url"},
      {site("[redirect]\ntrusted_proxies = [\"nginx\"]\n"), "4:19: redirect.trusted_proxies"},
      {site("[redirect]\nforwarded_header = \"X-Real-IP\"\n"),
       "4:20: redirect.forwarded_header: is"},
      {site("[redirect]\nlimits = 5\n"), "4:10: redirect.limits must be a table"},
      {site("[redirect.limits]\nhead_bytes = 10\n"), "4:14: redirect.limits.head_bytes must be"},
      {site("[redirect.limits]\nhead_byte = 9999\n"), "4:1: unknown key \"head_byte\""},
      {site("[admin]\nlisten = \"localhost\"\n"),
       "4:10: admin.listen: \"localhost\" is no address"},
      {site("[pages]\nlisten = \"[::1:80\"\n"), "4:10: pages.listen"},
      {site("[admin]\npublic_url = \"admin\"\n"), "4:14: admin.public_url"},
      {site("[revenue]\ncurrency = \"GBP\"\n"), "4:12: revenue.currency must be a table"},
      {site("[revenue]\ncurrency = { awin = \"quid\" }\n"), "4:21: not an ISO 4217"},
      {site("[revenue]\nreport_days = 0\n"), "4:15: revenue.report_days"},
      {site("[labels]\n"), "3:1: labels must be tables"},
      {site("[[programmes]]\nhosts = [\"a.test\"]\n"), "3:1: programmes.name is missing"},
      {site("[[programmes]]\nname = \"a\"\n"), "3:1: programmes.hosts is missing"},
      {site("[[programmes]]\nname = \"a\"\nhosts = [\"a.test/x\"]\n"), "is no host's name"},
      {site("[[labels]]\narticle = \"/a/\"\n"), "3:1: labels.text is missing"},
      {site("[[labels]]\ntext = \"a\"\narticle = \"a\"\n"), "3:1: labels.article must be"},
      {site("[[labels]]\nkind = \"tga\"\n"), "4:8: labels.kind: is \"tag\""},
  };
  for (const auto& [text, expected] : bad) EXPECT_THAT(refusal(text), HasSubstr(expected)) << text;
}

TEST_F(ConfigTest, AListenAddressHasAHostAndAPort) {
  for (const char* good : {"127.0.0.1:0", "0.0.0.0:65535", "[::]:80", "localhost:80", "unix:/x"})
    EXPECT_EQ(load(site("[redirect]\nlisten = \"" + std::string(good) + "\"\n")).redirect_listen,
              good);
  for (const char* bad :
       {"", "80", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:http", "1.2.3:80", "::1:80", "[::1]80", "http://127.0.0.1:80", "unix:"})
    EXPECT_THAT(refusal(site("[redirect]\nlisten = \"" + std::string(bad) + "\"\n")),
                HasSubstr("4:10: redirect.listen: "))
        << bad;
}

TEST_F(ConfigTest, LimitsCanBeSaid) {
  const Config config = load(
      site("[redirect]\nforwarded_header = \"Forwarded\"\n[redirect.limits]\nhead_bytes = 2048\n"
           "target_bytes = 1000\nheader_count = 20\nbody_bytes = 0\nconnections = 5\n"
           "connections_per_address = 0\nrequests_per_connection = 1\nhead_deadline_ms = 100\n"
           "body_deadline_ms = 200\nwrite_deadline_ms = 300\nkeep_alive_ms = 400\n"
           "not_found_per_minute = 0\n"));
  EXPECT_EQ(config.forwarded_header, redirect::ForwardedHeader::Forwarded);
  const http::Limits& limits = config.redirect_limits;
  EXPECT_EQ(limits.head_bytes, 2048u);
  EXPECT_EQ(limits.target_bytes, 1000u);
  EXPECT_EQ(limits.header_count, 20u);
  EXPECT_EQ(limits.body_bytes, 0u);
  EXPECT_EQ(limits.connections, 5u);
  EXPECT_EQ(limits.connections_per_address, 0u);
  EXPECT_EQ(limits.requests_per_connection, 1u);
  EXPECT_EQ(limits.head_deadline.count(), 100);
  EXPECT_EQ(limits.body_deadline.count(), 200);
  EXPECT_EQ(limits.write_deadline.count(), 300);
  EXPECT_EQ(limits.keep_alive.count(), 400);
  EXPECT_EQ(config.not_found_per_minute, 0u);
}

TEST_F(ConfigTest, UnknownKeysAreRefusedWithTheNearestKnownOne) {
  EXPECT_EQ(refusal(site("zoen = \"UTC\"\n")),
            "3:1: unknown key \"zoen\" (did you mean \"zone\"?)");
  EXPECT_EQ(refusal("[sit]\n" + site()), "1:2: unknown key \"sit\" (did you mean \"site\"?)");
  EXPECT_EQ(refusal(site("[admin]\nquite_another = 1\n")), "4:1: unknown key \"quite_another\"");
  EXPECT_THAT(refusal(site("[[labels]]\ntext = \"a\"\narticle = \"/\"\ntxet = 1\n")),
              HasSubstr("did you mean \"text\""));
  EXPECT_EQ(refusal(site() + "labels = []\n"), "3:1: unknown key \"labels\"")
      << "it stands in [site]";
  EXPECT_EQ(refusal("labels = []\n" + site()), "");
}

TEST_F(ConfigTest, TemplateLoadsWithWhateverNameIsGiven) {
  for (const std::string name : {"My Site", "A \"quoted\" \\ site", "tab\there\x7f", "Küche"}) {
    const Config config = load(config_template(name, "https://site.example"));
    EXPECT_EQ(config.site.name, name);
  }
  const Config made = load(config_template("My Site", "https://site.example"));
  const Config plain = load(site());
  EXPECT_EQ(made.redirect_listen, plain.redirect_listen);
  EXPECT_EQ(made.site.go_url, plain.site.go_url);
  EXPECT_EQ(made.drop_dir, plain.drop_dir);
}

TEST_F(ConfigTest, CommentedDefaultsOfTheTemplateAreTheDefaults) {
  std::string text = config_template("My Site", "https://site.example");
  // Uncommenting each "# key = value" line must change nothing but the examples.
  for (const char* line : {"# zone = ",
                           "# jurisdictions = ",
                           "# durability = ",
                           "# deadline_ms = ",
                           "# repeat_window_s = ",
                           "# trusted_proxies = ",
                           "# node = ",
                           "# go_prefix = ",
                           "# report_days = ",
                           "# drop_dir = ",
                           "# link_through_go = ",
                           "# demo = ",
                           "# data_dir = ",
                           "# forwarded_header = ",
                           "# head_bytes = ",
                           "# target_bytes = ",
                           "# header_count = ",
                           "# body_bytes = ",
                           "# connections = ",
                           "# connections_per_address = ",
                           "# requests_per_connection = ",
                           "# head_deadline_ms = ",
                           "# body_deadline_ms = ",
                           "# write_deadline_ms = ",
                           "# keep_alive_ms = ",
                           "# not_found_per_minute = "}) {
    const auto at = text.find(line);
    ASSERT_NE(at, std::string::npos) << line;
    text.erase(at, 2);
  }
  const Config said = load(text);
  const Config silent = load(site());
  EXPECT_EQ(said.zone, silent.zone);
  EXPECT_EQ(said.site.jurisdictions, silent.site.jurisdictions);
  EXPECT_EQ(said.durability, silent.durability);
  EXPECT_EQ(said.deadline, silent.deadline);
  EXPECT_EQ(said.repeat_window, silent.repeat_window);
  EXPECT_EQ(said.trusted_proxies, silent.trusted_proxies);
  EXPECT_EQ(said.node, silent.node);
  EXPECT_EQ(said.go_prefix, silent.go_prefix);
  EXPECT_EQ(said.report_days, silent.report_days);
  EXPECT_EQ(said.drop_dir, silent.drop_dir);
  EXPECT_EQ(said.data_dir, silent.data_dir);
  EXPECT_EQ(said.site.link_through_go, silent.site.link_through_go);
  EXPECT_EQ(said.forwarded_header, silent.forwarded_header);
  EXPECT_EQ(said.redirect_limits, silent.redirect_limits);
  EXPECT_EQ(said.not_found_per_minute, silent.not_found_per_minute);
}

TEST_F(ConfigTest, NamedFileMustExist) {
  EXPECT_THROW(find_config((folder_.path / "nowhere.toml").string()), ConfigError);
  load(site());
  EXPECT_EQ(find_config(file_.string()), file_);
  EXPECT_THROW(load_config(folder_.path), ConfigError) << "a folder is no file";
}

TEST_F(ConfigTest, DisclosureFollowsTheOwnersChoices) {
  const Config config =
      load(site("[disclosure]\nsame_price = true\nconfirmed = [\"amazon-pl\"]\nfooter = true\n"
                "stylesheet = true\nreplace_legacy = true\n[disclosure.texts.de]\n"
                "label = \"(Werbung)\"\n[[disclaimers]]\ncategory = \"health\"\n"
                "paths = [\"/health/*\"]\ntext = \"No advice.\"\n"));
  const disclosure::Choices& choices = config.site.choices;
  EXPECT_TRUE(choices.same_price && choices.footer && choices.replace_legacy);
  EXPECT_TRUE(config.link_stylesheet);
  EXPECT_THAT(choices.confirmed, ElementsAre("amazon-pl"));
  ASSERT_EQ(choices.texts.size(), 1u);
  EXPECT_EQ(choices.texts[0], (disclosure::OwnTexts{"de", "", "", "(Werbung)", ""}));
  ASSERT_EQ(choices.disclaimers.size(), 1u);
  EXPECT_EQ(choices.disclaimers[0].text, "No advice.");
}

TEST_F(ConfigTest, TextsThatDoNotDiscloseAreRefusedWithTheReason) {
  EXPECT_THAT(refusal(site("[disclosure.texts.en]\ntop = \"This page has affiliate links.\"\n")),
              HasSubstr("disclosure.texts.en.top: does not say that anyone is paid"));
  EXPECT_THAT(refusal(site("[disclosure.texts.tlh]\ntop = \"x\"\n")), HasSubstr("language"));
  EXPECT_THAT(refusal(site("[disclosure]\nconfirmed = [\"amazon-de\"]\n")),
              HasSubstr("needs no confirmation"));
  EXPECT_THAT(refusal(site("[disclosure]\nfooter = 1\n")), HasSubstr("true or false"));
  EXPECT_THAT(refusal(site("[[disclaimers]]\ntext = \"x\"\n")), HasSubstr("disclaimers.paths"));
  EXPECT_THAT(refusal(site("[[disclaimers]]\ntext = \"x\"\npaths = [\"health/\"]\n")),
              HasSubstr("must begin with '/'"));
}

}  // namespace
}  // namespace candor::app
