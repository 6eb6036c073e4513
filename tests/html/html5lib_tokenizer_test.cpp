// The tokenizer against the html5lib suite's tokenizer cases: same tokens, adjacent characters
// joined. Parse errors are not compared: nothing here reports them.
#include <gtest/gtest.h>

#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "html/html5lib_files.h"
#include "html/start_state.h"
#include "html/token_text.h"
#include "html/utf8.h"

namespace candor::html {
namespace {

using nlohmann::json;

json text_or_null(const std::optional<std::string>& text) {
  return text ? json(*text) : json(nullptr);
}

json start_tag(const Page& page, const Token& token) {
  json attributes = json::object();
  for (const Attribute& attribute : page.attributes_of(token)) {
    const std::string name = name_text(page, attribute);
    if (!attributes.contains(name)) attributes[name] = value_text(page, attribute);
  }
  json out = {"StartTag", name_text(page, token), attributes};
  if (token.self_closing) out.push_back(true);
  return out;
}

void append_characters(json& tokens, const std::string& text) {
  if (text.empty()) return;
  if (!tokens.empty() && tokens.back()[0] == "Character")
    tokens.back()[1] = tokens.back()[1].get<std::string>() + text;
  else
    tokens.push_back({"Character", text});
}

/// In the suite's notation.
json described(const Page& page) {
  json out = json::array();
  for (const Token& token : page.tokens) {
    switch (token.kind) {
      case TokenKind::Text:
      case TokenKind::Cdata:
        append_characters(out, character_text(page, token));
        break;
      case TokenKind::StartTag:
        out.push_back(start_tag(page, token));
        break;
      case TokenKind::EndTag:
        out.push_back({"EndTag", name_text(page, token)});
        break;
      case TokenKind::Comment:
        out.push_back({"Comment", comment_text(page, token)});
        break;
      case TokenKind::Doctype: {
        const Doctype doctype = parse_doctype(page, token);
        out.push_back({"DOCTYPE", text_or_null(doctype.name), text_or_null(doctype.public_id),
                       text_or_null(doctype.system_id), !doctype.force_quirks});
        break;
      }
      case TokenKind::Unfinished:
        break;
    }
  }
  return out;
}

/// Undoes the suite's second layer of \uHHHH; nothing when that leaves half a surrogate pair.
std::optional<std::string> unescaped(const std::string& text) {
  std::string out;
  char32_t lead = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 2, "\\u") != 0) {
      if (lead != 0) return std::nullopt;
      out += text[at++];
      continue;
    }
    const auto unit = static_cast<char32_t>(std::stoul(text.substr(at + 2, 4), nullptr, 16));
    at += 6;
    const bool is_lead = unit >= 0xD800 && unit <= 0xDBFF;
    const bool is_trail = unit >= 0xDC00 && unit <= 0xDFFF;
    if (is_trail != (lead != 0)) return std::nullopt;
    if (is_lead) {
      lead = unit;
      continue;
    }
    utf8::append(out, is_trail ? 0x10000 + ((lead - 0xD800) << 10U) + (unit - 0xDC00) : unit);
    lead = 0;
  }
  if (lead != 0) return std::nullopt;
  return out;
}

/// Nothing when a string cannot be written in UTF-8.
std::optional<json> unescaped(const json& value) {
  if (value.is_string()) {
    const auto text = unescaped(value.get<std::string>());
    return text ? std::optional<json>(*text) : std::nullopt;
  }
  if (!value.is_structured()) return value;
  json out = value.is_object() ? json::object() : json::array();
  for (const auto& [key, member] : value.items()) {
    const auto name = unescaped(key);
    const auto inner = unescaped(member);
    if (!name || !inner) return std::nullopt;
    if (value.is_object())
      out[*name] = *inner;
    else
      out.push_back(*inner);
  }
  return out;
}

struct Tally {
  int passed = 0;
  int failed = 0;
  int skipped = 0;
};

Page tokenize_in(const std::string& state, std::string& input, const std::string& last_start_tag) {
  StartState start;
  start.tree_feedback = false;
  start.last_start_tag = last_start_tag;
  if (state == "RCDATA state") start.mode = TextMode::Rcdata;
  if (state == "RAWTEXT state") start.mode = TextMode::Rawtext;
  if (state == "Script data state") start.mode = TextMode::ScriptData;
  if (state == "PLAINTEXT state") start.mode = TextMode::Plaintext;
  if (state == "CDATA section state") {
    start.cdata_allowed = true;
    input.insert(0, "<![CDATA[");
  }
  return tokenize_from(input, start);
}

void run_case(const json& test, const std::string& file, Tally& tally) {
  json input = test["input"];
  json output = test["output"];
  if (test.value("doubleEscaped", false)) {
    const auto plain_input = unescaped(input);
    const auto plain_output = unescaped(output);
    if (!plain_input || !plain_output) {
      ++tally.skipped;
      return;
    }
    input = *plain_input;
    output = *plain_output;
  }
  const json states = test.value("initialStates", json::array({"Data state"}));
  for (const auto& state : states) {
    std::string bytes = input.get<std::string>();
    const std::string last_start_tag = test.value("lastStartTag", "");
    const Page page = tokenize_in(state.get<std::string>(), bytes, last_start_tag);
    const json got = described(page);
    EXPECT_EQ(got, output) << file << ": " << test["description"] << " in " << state << "\n"
                           << bytes;
    ++(got == output ? tally.passed : tally.failed);
  }
}

void run_file(const std::filesystem::path& path, Tally& total) {
  const json suite = json::parse(read_whole(path));
  Tally tally;
  for (const auto& test : suite.value("tests", json::array()))
    run_case(test, path.filename().string(), tally);
  std::cout << path.filename().string() << ": " << tally.passed << " passed, " << tally.failed
            << " failed, " << tally.skipped << " without a UTF-8 form\n";
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}

TEST(Html5libTokenizer, EveryCaseGivesTheSameTokens) {
  const Html5libFiles files = html5lib_files("tokenizer", ".test");
  Tally total;
  for (const auto& path : files.paths) {
    // Those describe the coercion of a DOM to XML, which a tokenizer has no part in.
    if (path.filename() != "xmlViolation.test") run_file(path, total);
  }
  std::cout << "tokenizer cases of " << files.folder << ": " << total.passed << " passed, "
            << total.failed << " failed, " << total.skipped << " without a UTF-8 form\n";
  EXPECT_GT(total.passed + total.failed, 0) << "no tokenizer cases in " << files.folder;
}

}  // namespace
}  // namespace candor::html
