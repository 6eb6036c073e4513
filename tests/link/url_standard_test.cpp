// The URL Standard's own test cases (web-platform-tests, url/resources), read from outside the
// tree: CANDOR_URLTESTDATA names urltestdata*.json, toascii.json and percent-encoding.json lie
// beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "link/url.h"

namespace candor {
namespace {

using Json = nlohmann::json;

std::filesystem::path urltestdata_file() {
  const char* named = std::getenv("CANDOR_URLTESTDATA");
  return named != nullptr ? named : CANDOR_SOURCE_DIR "/../shared/url/urltestdata_dev.json";
}

// Null when the file is missing. Lone surrogates, which JSON can write and UTF-8 cannot, become
// U+FFFD as in a browser.
Json load(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) {
    std::cout << "[ NO DATA  ] " << file << " is missing; the project's own cases run alone\n";
    return nullptr;
  }
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::string repaired;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto escape = [&](std::size_t at) {
      return at + 6 <= text.size() && text[at] == '\\' && text[at + 1] == 'u'
                 ? std::stoi(text.substr(at + 2, 4), nullptr, 16)
                 : -1;
    };
    if (text[i] != '\\') {
      repaired += text[i];
      continue;
    }
    const int unit = escape(i);
    const int next = escape(i + 6);
    const bool pair = unit >= 0xD800 && unit < 0xDC00 && next >= 0xDC00 && next < 0xE000;
    if (unit >= 0xD800 && unit < 0xE000 && !pair) {
      repaired += "\\ufffd";
      i += 5;
    } else {
      const std::size_t length = pair ? 12 : unit >= 0 ? 6 : 2;
      repaired += text.substr(i, length);
      i += length - 1;
    }
  }
  return Json::parse(repaired);
}

bool is_slash(char c) { return c == '/' || c == '\\'; }

// True when the input is absolute by itself; with a base of the same scheme "http:x" is relative.
bool is_absolute_http(const Json& test) {
  std::string text = test.at("input");
  std::erase_if(text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  text.erase(0, static_cast<std::size_t>(
                    std::ranges::find_if(
                        text, [](char c) { return static_cast<unsigned char>(c) > 0x20; }) -
                    text.begin()));
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  for (const std::string scheme : {"http:", "https:"}) {
    if (!text.starts_with(scheme)) continue;
    const bool same_base =
        test.at("base").is_string() && test.at("base").get<std::string>().starts_with(scheme);
    const std::string rest = text.substr(scheme.size());
    return !same_base || (rest.size() >= 2 && is_slash(rest[0]) && is_slash(rest[1]));
  }
  return false;
}

std::string wanted(const Json& test) {
  const std::string input = test.at("input");
  if (std::ranges::any_of(input, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    return "refused: control-character";
  if (test.value("failure", false)) return "refused";
  if (test.value("username", "") != "" || test.value("password", "") != "")
    return "refused: credentials";
  return test.at("href");
}

std::string got(std::string_view input) {
  const auto url = parse_url(input);
  return url ? url->href : "refused: " + std::string(name_of(url.error()));
}

TEST(UrlStandard, AbsoluteHttpCasesParseAsInBrowsers) {
  const Json tests = load(urltestdata_file());
  if (tests.is_null()) return;
  int passed = 0;
  int total = 0;
  for (const Json& test : tests) {
    if (!test.is_object() || !is_absolute_http(test)) continue;
    ++total;
    const std::string want = wanted(test);
    const std::string have = got(test.at("input").get<std::string>());
    const bool pass = want == "refused" ? have.starts_with("refused: ") : have == want;
    EXPECT_TRUE(pass) << test.at("input") << "\n  want " << want << "\n  have " << have;
    passed += pass;
    const auto url = parse_url(test.at("input").get<std::string>());
    if (!url) continue;
    EXPECT_EQ(url->path, test.at("pathname")) << test.at("input");
    EXPECT_EQ(url->port, test.at("port")) << test.at("input");
    EXPECT_EQ(url->host, test.at("hostname")) << test.at("input");
    EXPECT_EQ(url->query.empty() ? "" : "?" + url->query, test.at("search")) << test.at("input");
    EXPECT_EQ(url->fragment.empty() ? "" : "#" + url->fragment, test.at("hash"))
        << test.at("input");
  }
  std::cout << "[ FIGURES  ] urltestdata: " << passed << " of " << total
            << " absolute http and https cases\n";
  EXPECT_GT(total, 100);
}

TEST(UrlStandard, InternationalDomainsBecomeAscii) {
  const Json tests = load(urltestdata_file().parent_path() / "toascii.json");
  if (tests.is_null()) return;
  int passed = 0;
  int total = 0;
  for (const Json& test : tests) {
    if (!test.is_object()) continue;
    ++total;
    const auto url = parse_url("https://" + test.at("input").get<std::string>() + "/x");
    const Json have = url ? Json(url->host) : Json(nullptr);
    EXPECT_EQ(have, test.at("output")) << test.at("input");
    passed += have == test.at("output");
  }
  std::cout << "[ FIGURES  ] toascii: " << passed << " of " << total << '\n';
}

TEST(UrlStandard, QueriesAndFragmentsAreEncodedAsUtf8) {
  const Json tests = load(urltestdata_file().parent_path() / "percent-encoding.json");
  if (tests.is_null()) return;
  int total = 0;
  for (const Json& test : tests) {
    if (!test.is_object()) continue;
    const std::string input = test.at("input");
    if (std::ranges::any_of(input, [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
      continue;
    const auto url = parse_url("https://doesnotmatter.invalid/?" + input + "#" + input);
    ASSERT_TRUE(url);
    EXPECT_EQ(url->query, test.at("output").at("utf-8"));
    EXPECT_EQ(url->fragment, test.at("output").at("utf-8"));
    ++total;
  }
  std::cout << "[ FIGURES  ] percent-encoding: " << total << " cases\n";
}

}  // namespace
}  // namespace candor
