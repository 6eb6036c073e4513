#include "app/config_edit.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/config.h"

namespace candor::app {
namespace {

using nlohmann::json;

constexpr std::string_view kText =
    "# Köttel & Söhne\n"
    "[site]   # who we are\n"
    "name = \"Kettles \\\"Ö\\\"\"  # as readers know it\n"
    "url = 'https://kettles.example'\n"
    "hosts = [ \"a.example\", # old\n"
    "  \"b.example\" ]  # more\n"
    "\n"
    "[retention]\n"
    "# how long\n"
    "#raw_click_days = 7     # days\n"
    "\n"
    "[privacy]\r\n"
    "visitors = \"on\"\r\n";

std::string with(std::string_view section, std::string_view key, const json& value) {
  return with_value(kText, section, key, value).value_or("");
}

/// kText with one part replaced by another.
std::string but(std::string_view was, std::string_view is) {
  std::string text(kText);
  text.replace(text.find(was), was.size(), is);
  return text;
}

TEST(ConfigEdit, AValueIsReplacedWhereItStands) {
  EXPECT_EQ(with("site", "name", "Pans \"&\"\n"),
            but("\"Kettles \\\"Ö\\\"\"", "\"Pans \\\"&\\\"\\u000A\""));
  EXPECT_EQ(with("site", "url", "https://pans.example"),
            but("'https://kettles.example'", "\"https://pans.example\""));
  EXPECT_EQ(with("privacy", "visitors", "off"), but("\"on\"", "\"off\""));
  EXPECT_EQ(with("site", "hosts", json::array({"c.example", "d.example"})),
            but("[ \"a.example\", # old\n  \"b.example\" ]", "[\"c.example\", \"d.example\"]"));
}

TEST(ConfigEdit, AMissingKeyComesBehindItsDefaultOrBelowTheHeader) {
  EXPECT_EQ(with("retention", "raw_click_days", 9),
            but("#raw_click_days = 7     # days\n",
                "#raw_click_days = 7     # days\nraw_click_days = 9\n"));
  EXPECT_EQ(with("site", "demo", true),
            but("[site]   # who we are\n", "[site]   # who we are\ndemo = true\n"));
}

TEST(ConfigEdit, AMissingSectionComesLast) {
  EXPECT_EQ(with("mail", "to", json::array()), std::string(kText) + "\n[mail]\nto = []\n");
  EXPECT_EQ(with_value("a = 1", "mail", "alerts", false), "a = 1\n\n[mail]\nalerts = false\n");
}

TEST(ConfigEdit, WhatOnlyPeopleShouldEditIsLeftAlone) {
  EXPECT_EQ(with_value("site = { url = \"x\" }\n", "site", "name", "y"), std::nullopt);
  EXPECT_EQ(with_value("site.url = \"x\"\n", "site", "name", "y"), std::nullopt);
  EXPECT_EQ(with_value("[site\n", "site", "name", "y"), std::nullopt);
  // A header that is none.
  EXPECT_EQ(with_value("a = '''\n[site]\n'''\n", "site", "name", "y"), std::nullopt);
}

TEST(ConfigEdit, InTheTemplateEveryKeyFindsItsPlace) {
  std::string text = config_template("Kettles", "https://kettles.example");
  const std::string before = text;
  for (const auto& [section, key, value] :
       {std::tuple<const char*, const char*, json>{"site", "hosts", json::array({"x.example"})},
        {"privacy", "beacon", "off"},
        {"retention", "raw_click_days", 30},
        {"mail", "to", json::array({"a@b.example"})},
        {"links", "check", false},
        {"backup", "keep", 9}}) {
    const auto changed = with_value(text, section, key, value);
    ASSERT_TRUE(changed) << section << "." << key;
    const std::string line = "# " + std::string(key) + " = ";
    const std::size_t shown = changed->find(line);
    ASSERT_NE(shown, std::string::npos);
    const std::size_t next = changed->find('\n', shown) + 1;
    EXPECT_TRUE(changed->substr(next).starts_with(std::string(key) + " = ")) << key;
    text = *changed;
  }
  EXPECT_GT(text.size(), before.size());
}

}  // namespace
}  // namespace candor::app
