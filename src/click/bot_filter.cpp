// Two RE2 sets do the work in one pass each: the crawler-user-agents list, whose patterns mind
// case, and our own rules. A user agent that passes both must still look like a reader's.
#include "click/bot_filter.h"

#include <re2/re2.h>
#include <re2/set.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "click/preview_rules.h"
#include "click/reader_rules.h"
#include "crawler_user_agents.h"

namespace candor {
namespace {

// The automaton of 1,500 patterns is built as user agents are seen; with less it would be thrown
// away and built again and again.
constexpr std::int64_t kAutomatonBytes = std::int64_t{64} << 20;

RE2::Options options(bool case_sensitive) {
  RE2::Options options;
  options.set_case_sensitive(case_sensitive);
  options.set_encoding(RE2::Options::EncodingLatin1);  // user agents are bytes
  options.set_max_mem(kAutomatonBytes);
  options.set_log_errors(false);
  return options;
}

void add_pattern(RE2::Set& set, std::string_view pattern) {
  std::string error;
  if (set.Add({pattern.data(), pattern.size()}, &error) < 0)
    throw std::runtime_error("bot pattern \"" + std::string(pattern) + "\": " + error);
}

void compile(RE2::Set& set) {
  if (!set.Compile()) throw std::runtime_error("the bot patterns need too much memory");
}

// The first matching pattern, so that the reason does not depend on the automaton's state.
std::optional<std::size_t> find_first(const RE2::Set& set, std::string_view text) {
  std::vector<int> matches;
  RE2::Set::ErrorInfo error{};
  if (set.Match({text.data(), text.size()}, &matches, &error))
    return static_cast<std::size_t>(*std::ranges::min_element(matches));
  return std::nullopt;
}

}  // namespace

struct BotFilter::Patterns {
  std::vector<std::string> crawlers;
  RE2::Set crawler_set{options(true), RE2::UNANCHORED};
  RE2::Set rule_set{options(false), RE2::UNANCHORED};
  RE2::Set preview_set{options(false), RE2::UNANCHORED};
  RE2 reader_names{re2::StringPiece(kReaderNames.data(), kReaderNames.size()), options(false)};
  RE2 reader_shapes{re2::StringPiece(kReaderShapes.data(), kReaderShapes.size()), options(false)};
};

BotFilter::BotFilter() : patterns_(std::make_unique<Patterns>()) {
  const auto list = nlohmann::json::parse(crawlers::file("crawler-user-agents.json"));
  for (const auto& entry : list)
    patterns_->crawlers.push_back(entry.at("pattern").get<std::string>());
  for (const std::string& pattern : patterns_->crawlers)
    add_pattern(patterns_->crawler_set, pattern);
  for (const BotRule& rule : kBotRules) add_pattern(patterns_->rule_set, rule.pattern);
  for (const PreviewRule& rule : kPreviewRules) add_pattern(patterns_->preview_set, rule.pattern);
  compile(patterns_->crawler_set);
  compile(patterns_->rule_set);
  compile(patterns_->preview_set);
}

std::string BotFilter::rules_id() {
  std::string all(crawlers::file("crawler-user-agents.json"));
  for (const BotRule& rule : kBotRules)
    all.append("\n").append(rule.name).append(" ").append(rule.pattern);
  for (const PreviewRule& rule : kPreviewRules) all.append("\n").append(rule.pattern);
  all.append("\n").append(kReaderNames).append("\n").append(kReaderShapes);
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(all.data()),
                     all.size(), nullptr, 0);
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const unsigned char each : hash) {
    text += kDigits[each >> 4];
    text += kDigits[each & 15];
  }
  return text;
}

BotFilter::~BotFilter() = default;
BotFilter::BotFilter(BotFilter&&) noexcept = default;
BotFilter& BotFilter::operator=(BotFilter&&) noexcept = default;

std::optional<std::string> BotFilter::find_bot(std::string_view user_agent) const {
  if (user_agent.empty()) return "candor:no-user-agent";
  std::string text(user_agent);
  RE2::GlobalReplace(&text, patterns_->reader_names, "-");
  if (const auto crawler = find_first(patterns_->crawler_set, text))
    return "crawler-user-agents:" + patterns_->crawlers[*crawler];
  if (const auto rule = find_first(patterns_->rule_set, text))
    return "candor:" + std::string(kBotRules[*rule].name);
  if (!RE2::PartialMatch({user_agent.data(), user_agent.size()}, patterns_->reader_shapes))
    return "candor:not-a-reader";
  return std::nullopt;
}

std::string_view BotFilter::find_preview(std::string_view user_agent) const {
  const auto rule = find_first(patterns_->preview_set, user_agent);
  return rule ? kPreviewRules[*rule].name : std::string_view{};
}

}  // namespace candor
