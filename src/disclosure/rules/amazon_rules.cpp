// What Amazon's agreement asks of pages that link to it.
#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "disclosure/page/link_network.h"
#include "disclosure/rules/rule_reading.h"
#include "disclosure/wording/language.h"
#include "disclosure/wording/required_statements.h"
#include "link/url.h"

namespace candor::disclosure {
namespace {

/// Whether Amazon's sentence in the language that the link's marketplace asks for stands on the
/// page. A marketplace whose sentence nobody verified takes it in any language.
bool has_sentence_for(const RuleReading& reading, const PageLink& link) {
  const auto url = parse_url(link.destination.empty() ? link.link.href : link.destination);
  const bool shop = url && is_amazon_shop(url->host);
  const RequiredStatement* wanted =
      shop ? &amazon_statement(url->host, reading.facts.outline.language) : nullptr;
  const std::uint16_t mask =
      wanted != nullptr && wanted->verified ? language_mask(primary_language(wanted->language)) : 0;
  return std::ranges::any_of(reading.facts.candidates, [&](const Candidate& each) {
    return each.wording.amazon_statement() && (mask == 0 || (each.wording.amazon_in & mask) != 0);
  });
}

void read_statement(RuleReading& reading) {
  const auto& paid = reading.facts.links.paid;
  const auto first = std::ranges::find_if(paid, &PageLink::is_amazon);
  if (first == paid.end()) return;
  const Candidate* statement = nullptr;
  const Candidate* legacy = nullptr;
  bool only_below = true;
  for (const Candidate& each : reading.facts.candidates) {
    if (!each.wording.amazon_statement()) continue;
    if (statement == nullptr) statement = &each;
    if (each.wording.has(Says::AmazonLegacy) && legacy == nullptr) legacy = &each;
    only_below = only_below && (each.zone == Zone::Footer || !each.shown);
  }
  const auto without = std::ranges::find_if(paid, [&](const PageLink& link) {
    return link.is_amazon && !has_sentence_for(reading, link);
  });
  if (without != paid.end())
    reading.add(
        "CD501", reading.place_of(*without),
        "The page links to Amazon (" + reading.name_of(*without) +
            (statement == nullptr ? ") without the sentence its agreement asks for."
                                  : ") without the sentence in the marketplace's language."));
  if (statement == nullptr) return;
  if (legacy != nullptr)
    reading.add("CD502", legacy->range,
                reading.quote(*legacy) + " is the older form; Amazon still accepts it.");
  if (only_below)
    reading.add("CD503", statement->range,
                "Amazon's sentence stands only in the footer or is not shown: " +
                    reading.quote(*statement));
}

std::string attribute(const RuleReading& reading, std::uint32_t token, std::string_view name) {
  const PageFacts& facts = reading.facts;
  return attribute_text(facts.page, facts.page.tokens[token], name, facts.encoding).value_or("");
}

bool keeps_back(std::string_view referrer_policy) {
  return ascii::equals_ignoring_case(ascii::trim(referrer_policy), "no-referrer");
}

/// The page tells browsers to send no Referer with any link.
bool page_drops_referer(const RuleReading& reading) {
  for (const Element& element : reading.facts.outline.elements)
    if (element.tag == Tag::Meta && !element.inert &&
        ascii::equals_ignoring_case(attribute(reading, element.start_token, "name"), "referrer") &&
        keeps_back(attribute(reading, element.start_token, "content")))
      return true;
  return false;
}

bool drops_referer(const RuleReading& reading, const PageLink& link, bool page_drops) {
  const std::string policy = attribute(reading, link.token, "referrerpolicy");
  return has_word(attribute(reading, link.token, "rel"), "noreferrer") || keeps_back(policy) ||
         (page_drops && policy.empty());
}

/// Amazon must see the site a reader comes from, and the reader where the link leads. A direct link
/// without a Referer hides the site, too, but nothing redirects: those are told of once.
void read_cloaking(RuleReading& reading) {
  std::optional<bool> page_drops;
  const PageLink* direct = nullptr;
  std::size_t count = 0;
  for (const PageLink& link : reading.facts.links.paid) {
    if (!link.is_amazon) continue;
    if (link.redirects && !link.own_redirect && !link.destination.empty()) {
      reading.add("CD504", reading.place_of(link),
                  "The link " + reading.name_of(link) +
                      " reaches Amazon by way of another site's redirect.");
      continue;
    }
    if (!page_drops) page_drops = page_drops_referer(reading);
    if (!drops_referer(reading, link, *page_drops)) continue;
    if (link.own_redirect) {
      reading.add(
          "CD504", reading.place_of(link),
          "The redirect " + reading.name_of(link) + " to Amazon keeps this site's address back.");
      continue;
    }
    if (direct == nullptr) direct = &link;
    ++count;
  }
  if (direct == nullptr) return;
  reading
      .add("CD504", reading.place_of(*direct),
           "The link " + reading.name_of(*direct) +
               (count > 1 ? " and " + std::to_string(count - 1) + " more" : "") +
               " to Amazon keep this site's address back.")
      .lighter = true;
}

/// What Amazon's tags end in, by marketplace (Associates Central's tracking ids).
std::string_view tag_ending(std::string_view host) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kEndings{{
      {"com", "-20"}, {"ca", "-20"},     {"com.br", "-20"}, {"com.mx", "-20"}, {"co.uk", "-21"},
      {"de", "-21"},  {"fr", "-21"},     {"it", "-21"},     {"es", "-21"},     {"in", "-21"},
      {"nl", "-21"},  {"se", "-21"},     {"pl", "-21"},     {"com.be", "-21"}, {"ae", "-21"},
      {"sa", "-21"},  {"com.tr", "-21"}, {"co.jp", "-22"},  {"com.au", "-22"}, {"sg", "-22"},
      {"cn", "-23"},
  }};
  if (host.starts_with("www.")) host.remove_prefix(4);
  if (host.starts_with("smile.")) host.remove_prefix(6);
  if (!host.starts_with("amazon.")) return {};
  const auto found =
      std::ranges::find(kEndings, host.substr(7), [](const auto& each) { return each.first; });
  return found == kEndings.end() ? std::string_view() : found->second;
}

bool is_other_ending(std::string_view tag, std::string_view ending) {
  if (ending.empty() || tag.ends_with(ending)) return false;
  return tag.ends_with("-20") || tag.ends_with("-21") || tag.ends_with("-22") ||
         tag.ends_with("-23");
}

void read_tag(RuleReading& reading, const PageLink& link) {
  const auto url = parse_url(link.destination.empty() ? link.link.href : link.destination);
  if (!url || !is_amazon_shop(url->host)) return;
  std::vector<std::string> tags;
  for (const QueryParameter& each : parse_query(url->query))
    if (ascii::equals_ignoring_case(each.name, "tag")) tags.push_back(each.value);
  if (tags.size() > 1) {
    reading.add("CD505", reading.place_of(link),
                "The link " + reading.name_of(link) + " has more than one tag=.");
    return;
  }
  if (tags.empty() || !is_other_ending(tags.front(), tag_ending(url->host))) return;
  reading.add("CD505", reading.place_of(link),
              "The tag " + quoted(tags.front()) + " is not one of " + url->host +
                  ", whose end in " + std::string(tag_ending(url->host)) + ".");
}

/// Built by Amazon's tools for associates, whatever became of the tag.
bool is_made_to_earn(std::string_view href) {
  const std::string lower = ascii::to_lower(href);
  return std::ranges::any_of(
      std::array<std::string_view, 4>{"linkcode=", "ascsubtag=", "creativeasin=", "linkid="},
      [&](std::string_view each) { return lower.find(each) != std::string::npos; });
}

/// Links to products without a tag: lost where they were meant to earn, worth knowing (once) on a
/// page whose other links to Amazon do.
void read_untagged(RuleReading& reading) {
  const bool earns = std::ranges::any_of(reading.facts.links.paid, &PageLink::is_amazon);
  std::vector<std::uint32_t> others;
  for (const std::uint32_t token : reading.facts.links.untagged) {
    if (!has_word(attribute(reading, token, "rel"), "sponsored") &&
        !is_made_to_earn(attribute(reading, token, "href"))) {
      others.push_back(token);
      continue;
    }
    reading.add("CD505", reading.facts.page.tokens[token].range,
                "A link to a product of Amazon's has no tag=.");
  }
  if (!earns || others.empty()) return;
  reading
      .add("CD505", reading.facts.page.tokens[others.front()].range,
           others.size() == 1
               ? "A link to a product of Amazon's has no tag=."
               : std::to_string(others.size()) + " links to products of Amazon's have no tag=.")
      .lighter = true;
}

bool is_price_at(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 7> kSigns{"$",   "\u20AC", "\u00A3", "\u00A5",
                                                          "usd", "eur",    "gbp"};
  for (const std::string_view sign : kSigns) {
    if (text.substr(at, sign.size()) != sign) continue;
    const std::string_view behind = ascii::trim(text.substr(at + sign.size(), 3));
    if (!behind.empty() && ascii::is_digit(behind.front())) return true;
    const std::string_view before = ascii::trim(text.substr(at > 2 ? at - 2 : 0, at > 2 ? 2 : at));
    if (!before.empty() && ascii::is_digit(before.back())) return true;
  }
  return false;
}

bool has_price(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c != '$' && c != 0xE2 && c != 0xC2 && c != 'u' && c != 'e' && c != 'g') continue;
    const bool letters = c == 'u' || c == 'e' || c == 'g';
    if (letters && at > 0 && ascii::is_alpha(text[at - 1])) continue;
    if (is_price_at(text, at)) return true;
  }
  return false;
}

/// A date or a time of day: when a price was looked up.
bool has_stamp(std::string_view text) {
  for (const std::string_view words : {"as of", "stand:", "stand ", "updated", "aktualisiert",
                                       "last checked", "zuletzt", "au moment", "price checked"})
    if (text.find(words) != std::string_view::npos) return true;
  for (std::size_t at = text.find("20"); at != std::string_view::npos; at = text.find("20", at + 1))
    if (at + 4 <= text.size() && ascii::is_digit(text[at + 2]) && ascii::is_digit(text[at + 3]) &&
        (at == 0 || !ascii::is_digit(text[at - 1])) &&
        (at + 4 == text.size() || !ascii::is_digit(text[at + 4])))
      return true;
  return false;
}

bool has_stars(std::string_view text) {
  for (const std::string_view sign : {"\u2605", "\u2606", "\u2B50", "out of 5 stars",
                                      "von 5 sternen", "/5 stars", "5 stars", " / 5 sterne"})
    if (text.find(sign) != std::string_view::npos) return true;
  return false;
}

/// Programs that ask Amazon for its prices say once, for all of them, when they did.
bool has_stamp_for_all(const PageFacts& facts) {
  static constexpr std::array<std::string_view, 7> kStamps{
      "aktualisierung am", "last update on",          "last updated on",   "prices as of",
      "stand der preise",  "product advertising api", "prices pulled from"};
  constexpr std::size_t kLongest = 800;
  return std::ranges::any_of(facts.outline.blocks, [&](const TextBlock& block) {
    if (block.hidden || block.text.size() > kLongest) return false;
    const std::string folded = fold_text(block.text);
    return std::ranges::any_of(
        kStamps, [&](std::string_view stamp) { return folded.find(stamp) != std::string::npos; });
  });
}

/// Prices and stars of Amazon's go stale, and are not the site's to show.
void read_price(RuleReading& reading, const PageLink& link, std::optional<bool>& stamped_page) {
  constexpr std::size_t kNear = 80;
  const Outline& outline = reading.facts.outline;
  const Anchor& anchor = outline.anchors[link.anchor];
  if (anchor.block >= outline.blocks.size()) return;
  const std::string_view whole = outline.blocks[anchor.block].text;
  const std::size_t begin = std::min<std::size_t>(anchor.text_begin, whole.size());
  const std::size_t from = begin > kNear ? begin - kNear : 0;
  const std::size_t length = std::min<std::size_t>(anchor.text_end - anchor.text_begin, 200);
  const std::string near = fold_text(whole.substr(from, begin - from + length + kNear));
  const bool price = has_price(near);
  if (price && !stamped_page) stamped_page = has_stamp_for_all(reading.facts);
  if (price && !*stamped_page && !has_stamp(fold_text(whole.substr(0, 4000)))) {
    reading.add("CD506", reading.place_of(link),
                "A price stands at the link " + reading.name_of(link) +
                    " to Amazon, with no word of when it held.");
    return;
  }
  if (has_stars(near))
    reading.add("CD506", reading.place_of(link),
                "Stars stand at the link " + reading.name_of(link) + " to Amazon.");
}

}  // namespace

void read_amazon(RuleReading& reading) {
  read_statement(reading);
  read_cloaking(reading);
  constexpr int kMostPrices = 500;  // enough to see what a page does
  int read = 0;
  std::optional<bool> stamped_page;
  for (const PageLink& link : reading.facts.links.paid) {
    if (!link.is_amazon) continue;
    read_tag(reading, link);
    if (++read <= kMostPrices) read_price(reading, link, stamped_page);
  }
  read_untagged(reading);
}

}  // namespace candor::disclosure
