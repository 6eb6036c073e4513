#include "disclosure/injection/own_texts.h"

#include <algorithm>

#include "base/ascii.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/wording/disclosure_templates.h"
#include "disclosure/wording/wording.h"
#include "html/character_reference.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kStatementBytes = 1000;
constexpr std::size_t kLabelBytes = 40;

std::string without_slots(std::string_view text) {
  std::string filled = with_site(text, "Site");
  constexpr std::string_view kLabel = "{label}";
  for (std::size_t at = filled.find(kLabel); at != std::string::npos; at = filled.find(kLabel))
    filled.replace(at, kLabel.size(), "(x)");
  return filled;
}

std::optional<std::string> fault_in_form(std::string_view text, std::size_t most) {
  if (text.size() > most) return "is longer than " + std::to_string(most) + " bytes";
  if (without_slots(text).find_first_of("{}") != std::string::npos)
    return "holds a slot that nothing fills; there are {site} and {label}";
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
    return "holds a line break or another control character";
  return std::nullopt;
}

/// Asked of the rules themselves: a link with this label must count as labelled.
std::optional<std::string> fault_in_label(std::string_view label) {
  if (auto fault = fault_in_form(label, kLabelBytes)) return fault;
  const std::string page = "<main><p>See <a href=\"https://amzn.to/1\">kettle " +
                           html::escape_ascii(label) + "</a> here.</p></main>";
  const PageFacts facts = facts_of(page, Policy{});
  if (facts.links.paid.size() == 1 && is_labelled(facts, facts.links.paid.front()))
    return std::nullopt;
  return "is no label that readers understand; take \"(paid link)\", \"(Ad)\", \"#ad\" or the "
         "like";
}

bool matches(std::string_view pattern, std::string_view path) {
  while (true) {
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == path;
    if (path.substr(0, star) != pattern.substr(0, star)) return false;
    path.remove_prefix(star);
    pattern.remove_prefix(star + 1);
    const std::string_view next = pattern.substr(0, pattern.find('*'));
    if (next.size() == pattern.size()) return path.ends_with(next);
    const std::size_t at = path.find(next);
    if (at == std::string_view::npos) return false;
    path.remove_prefix(at);
  }
}

}  // namespace

std::optional<std::string> fault_in_statement(std::string_view text) {
  if (auto fault = fault_in_form(text, kStatementBytes)) return fault;
  const Wording wording = classify(without_slots(text));
  if (wording.has(Says::Negation)) return "denies what it should state";
  if (!wording.has(Says::Explain)) return "does not say that anyone is paid, and for what";
  if (wording.has(Hedge::Presence))
    return "says that there may be such links; Candor knows that there are";
  if (wording.has(Hedge::Quantity))
    return "speaks of some links without saying how they are marked";
  return std::nullopt;
}

std::optional<std::string> fault_in(const OwnTexts& texts) {
  if (!knows_language(texts.language))
    return "language: \"" + texts.language + "\" is none that Candor has texts for";
  const auto in = [](std::string_view key, const std::optional<std::string>& fault) {
    return fault ? std::optional(std::string(key) + ": " + *fault) : std::nullopt;
  };
  if (!texts.top.empty())
    if (auto fault = in("top", fault_in_statement(texts.top))) return fault;
  if (!texts.top_all.empty())
    if (auto fault = in("top_all", fault_in_statement(texts.top_all))) return fault;
  if (!texts.footer.empty())
    if (auto fault = in("footer", fault_in_statement(texts.footer))) return fault;
  if (!texts.label.empty())
    if (auto fault = in("label", fault_in_label(texts.label))) return fault;
  return std::nullopt;
}

std::vector<const Disclaimer*> disclaimers_for(const Choices& choices,
                                               std::string_view article_path,
                                               std::string_view page_language) {
  std::vector<const Disclaimer*> found;
  for (const Disclaimer& each : choices.disclaimers) {
    const bool speaks =
        each.language.empty() ||
        ascii::equals_ignoring_case(primary_subtag(each.language), primary_subtag(page_language));
    const bool here = std::ranges::any_of(
        each.paths, [&](const std::string& pattern) { return matches(pattern, article_path); });
    if (speaks && here) found.push_back(&each);
  }
  return found;
}

}  // namespace candor::disclosure
