#include "link/link_export.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include <string>
#include <vector>

#include "link/url.h"

namespace candor {
namespace {

Link link_to(const std::string& slug, const std::string& destination, std::int64_t id = 1) {
  Link link;
  link.id.value = id;
  link.slug = slug;
  link.destination = destination;
  return link;
}

std::string written(WebServer server, const std::vector<Link>& links,
                    std::string_view prefix = "/go/") {
  std::string text;
  write_links(server, links, prefix, {}, [&text](std::string_view piece) { text += piece; });
  return text;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(LinkExport, NginxMapsThePathToTheHref) {
  const std::string text =
      written(WebServer::Nginx, {link_to("kettle", "HTTPS://Shop.example/a b?c=d")});
  EXPECT_TRUE(holds(text, "map $uri $candor_destination {\n    default \"\";\n"));
  EXPECT_TRUE(holds(text, "    \"/go/kettle\" \"https://shop.example/a%20b?c=d\";\n"));
}

TEST(LinkExport, NginxsOwnCharactersAreTakenAsTheyAre) {
  const std::string text =
      written(WebServer::Nginx, {link_to("kettle", "https://shop.example/$uri?a=\\;{$}")});
  EXPECT_TRUE(holds(text, "geo $candor_dollar { default \"$\"; }"));
  EXPECT_TRUE(
      holds(text, "\"https://shop.example/${candor_dollar}uri?a=\\\\;{${candor_dollar}}\";"));
}

TEST(LinkExport, DisabledLinksAndThoseThatLeadNowhereAreLeftOut) {
  Link disabled = link_to("off", "https://shop.example/");
  disabled.state = LinkState::Disabled;
  for (const WebServer server : {WebServer::Nginx, WebServer::Caddy}) {
    const std::string text = written(server, {disabled, link_to("bad", "javascript:alert(1)")});
    EXPECT_FALSE(holds(text, "/go/off"));
    EXPECT_FALSE(holds(text, "/go/bad"));
  }
}

TEST(LinkExport, PlacesAreLeftEmptyAndParametersPutIn) {
  Link link = link_to("kettle", "https://shop.example/{article}?sub={click}&x={other}");
  link.targeting = R"({"utm": {"source": "blog"}})";
  EXPECT_TRUE(holds(written(WebServer::Nginx, {link}),
                    "\"https://shop.example/?sub=&x={other}&utm_source=blog\";"));
}

TEST(LinkExport, NginxComparesTheDecodedPath) {
  EXPECT_TRUE(holds(written(WebServer::Nginx, {link_to("a", "https://s.example/")}, "/g%C3%B6/"),
                    "\"/g\xC3\xB6/a\" "));
}

TEST(LinkExport, NginxsTablesHaveRoomForAllLinksAndTheLongestSlug) {
  std::vector<Link> links;
  for (int i = 0; i < 5000; ++i)
    links.push_back(link_to("s" + std::to_string(i), "https://s.example/", i));
  EXPECT_TRUE(holds(written(WebServer::Nginx, {}), "map_hash_max_size 2048;"));
  const std::string text = written(WebServer::Nginx, links);
  EXPECT_TRUE(holds(text, "map_hash_max_size 16384;\nmap_hash_bucket_size 512;\n"));
  links.push_back(link_to(std::string(100, 's'), "https://s.example/", 5001));
  EXPECT_TRUE(holds(written(WebServer::Nginx, links), "map_hash_bucket_size 2048;\n"));
}

/// nginx refuses a word of 4,096 bytes; between its quotes counts what is written.
TEST(LinkExport, NoWordIsTooLongForNginx) {
  for (const std::string& unit : {std::string("x"), std::string("$"), std::string("\\")}) {
    const std::string text = written(
        WebServer::Nginx, {link_to("long", "https://shop.example/?" + std::string(8000, unit[0]))});
    std::size_t word = 0;
    for (const char c : text) {
      word = c == ' ' || c == '\n' ? 0 : word + 1;
      ASSERT_LT(word, 4000u);
    }
    EXPECT_TRUE(holds(text, "\"/go/long\" \"${candor_piece_1_0}${candor_piece_1_1}"));
  }
}

TEST(LinkExport, CaddysOwnCharactersArePercentEncoded) {
  const std::string text = written(
      WebServer::Caddy, {link_to("kettle", "https://shop.example/?a={path}&b={$HOME}&c=`\\")});
  EXPECT_TRUE(holds(text, "(candor_links) {\n\tmap {path} {candor_destination} {"));
  EXPECT_TRUE(holds(
      text, "\t\t`/go/kettle` `https://shop.example/?a=%7Bpath%7D&b=%7B$HOME%7D&c=%60%5C`\n"));
}

/// One line a link, whatever the destination holds: nothing of it can become a directive.
TEST(LinkExport, EachLinkStaysOneLine) {
  rc::check([](const std::string& tail) {
    const Link link = link_to("kettle", "https://shop.example/" + tail);
    RC_PRE(parse_url(link.destination).has_value());
    for (const WebServer server : {WebServer::Nginx, WebServer::Caddy}) {
      const std::string with = written(server, {link});
      const std::string without = written(server, {});
      const auto lines = [](const std::string& text) { return std::ranges::count(text, '\n'); };
      RC_ASSERT(lines(with) == lines(without) + 1);
      // Only what stands in quotes may be of the destination's choosing.
      const char quote = server == WebServer::Nginx ? '"' : '`';
      const auto begin = with.find("/go/kettle");
      const std::string line = with.substr(begin, with.find('\n', begin) - begin);
      int quotes = 0;
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (server == WebServer::Nginx && line[i] == '\\')
          ++i;
        else if (line[i] == quote)
          ++quotes;
      }
      RC_ASSERT(quotes == 3);
    }
  });
}

TEST(LinkExport, WebServersHaveNames) {
  EXPECT_EQ(find_web_server("nginx"), WebServer::Nginx);
  EXPECT_EQ(find_web_server("caddy"), WebServer::Caddy);
  EXPECT_FALSE(find_web_server("apache"));
}

}  // namespace
}  // namespace candor
