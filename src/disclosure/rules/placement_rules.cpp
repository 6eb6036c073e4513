// Where the disclosure stands: before the links, in the content, in view.
#include <algorithm>
#include <array>
#include <cstring>
#include <set>

#include "base/ascii.h"
#include "disclosure/page/jump_targets.h"
#include "disclosure/page/own_markup.h"
#include "disclosure/rules/rule_reading.h"

namespace candor::disclosure {
namespace {

using Candidates = RuleReading::Candidates;

/// A disclosure that stands only in a tooltip or a label for screen readers.
bool read_tooltips(RuleReading& reading) {
  static constexpr std::array<std::string_view, 4> kNames{"title", "aria-label", "data-tooltip",
                                                          "data-tip"};
  const PageFacts& facts = reading.facts;
  for (const Element& element : facts.outline.elements) {
    const html::Token& tag = facts.page.tokens[element.start_token];
    if (element.inert || tag.attribute_count == 0) continue;
    for (const std::string_view name : kNames) {
      const auto text = attribute_text(facts.page, tag, name, facts.encoding);
      if (!text || !classify(*text).has(Says::Explain)) continue;
      reading.add("CD303", tag.range, "The disclosure stands only in a tooltip: " + quoted(*text));
      return true;
    }
  }
  return false;
}

std::string_view file_of(std::string_view source) {
  source = source.substr(0, source.find_first_of("?#"));
  const std::size_t slash = source.rfind('/');
  return slash == std::string_view::npos ? source : source.substr(slash + 1);
}

bool names_a_disclosure(std::string_view file) {
  const std::string lower = ascii::to_lower(file);
  return lower.find("disclosure") != std::string::npos ||
         lower.find("affiliate") != std::string::npos;
}

/// A disclosure that is a picture: its words are in its alt text or its file's name.
bool read_images(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  for (const Element& element : facts.outline.elements) {
    if (element.tag != Tag::Img || element.inert || element.hidden) continue;
    const html::Token& tag = facts.page.tokens[element.start_token];
    const std::string alt = attribute_text(facts.page, tag, "alt", facts.encoding).value_or("");
    const std::string source = attribute_text(facts.page, tag, "src", facts.encoding).value_or("");
    const Wording wording = classify(alt);
    const bool says = wording.has(Says::Explain) || wording.has(Says::AdPhrase) ||
                      wording.has(Says::Bare) || wording.amazon_statement();
    if (!says && !names_a_disclosure(file_of(source))) continue;
    reading.add("CD306", tag.range,
                "The disclosure is only a picture: " + quoted(alt.empty() ? source : alt));
    return true;
  }
  return false;
}

/// Words drawn in an svg element: no text for readers who search, translate or enlarge it.
bool is_drawn(const RuleReading& reading, const Candidate& candidate) {
  const std::uint32_t element = element_at(reading.facts, candidate.range.begin);
  return element != kNoElement && reading.facts.outline.elements[element].foreign;
}

bool only_link_texts(const Candidates& weak) {
  return !weak.empty() && std::ranges::all_of(weak, [](const Candidate* each) {
    return each->wording.has(Says::LinkText);
  });
}

void read_legacy_footer(RuleReading& reading) {
  const auto& paid = reading.facts.links.paid;
  if (!std::ranges::all_of(paid, &PageLink::is_amazon)) return;
  for (const Candidate* each : reading.weak) {
    if (each->zone != Zone::Footer || !each->wording.has(Says::AmazonLegacy)) continue;
    reading.add("CD104", each->range,
                "Only the footer names the programme that pays: " + reading.quote(*each));
    return;
  }
}

/// Nothing adequate stands anywhere on the page.
void read_absence(RuleReading& reading) {
  const Candidates& weak = reading.weak;
  const bool names_links = std::ranges::any_of(weak, [](const Candidate* each) {
    return each->wording.has(Says::Bare) || each->wording.has(Says::Program) ||
           each->wording.has(Says::AmazonLegacy);
  });
  // CD202 says what is wrong with that text. Amazon's older form may leave the fees out.
  if (names_links) return read_legacy_footer(reading);
  if (only_link_texts(weak)) {
    reading.add("CD105", weak.front()->range,
                "The page only points to a disclosure (" + reading.quote(*weak.front()) +
                    "); it says nothing itself.");
    return;
  }
  if (weak.empty() && (read_tooltips(reading) || read_images(reading))) return;
  const PageLink& link = reading.first_link();
  std::string message =
      "The page has " + reading.count_of_links() + " but says nowhere that they pay.";
  if (!weak.empty())
    message = reading.quote(*weak.front()) + " does not say that links like " +
              reading.name_of(link) + " pay the site.";
  reading.add("CD101", reading.place_of(link), std::move(message));
}

void read_order_of(RuleReading& reading, const Candidate& first) {
  const PageFacts& facts = reading.facts;
  if (!facts.first_content_link) return;
  const auto& paid = facts.links.paid;
  const PageLink& first_link = paid[*facts.first_content_link];
  if (first.range.begin < facts.offset_of(first_link)) return;
  const bool behind_all = first.range.begin > facts.offset_of(paid[*facts.last_content_link]);
  reading.add(behind_all ? "CD107" : "CD102", first.range,
              "The first disclosure, " + reading.quote(first) + ", comes after " +
                  (behind_all ? "the last paid link."
                              : "the paid link " + reading.name_of(first_link) + "."));
}

void read_order(RuleReading& reading) {
  const auto in_content = std::ranges::find_if(reading.adequate, [](const Candidate* each) {
    return each->zone == Zone::Content || each->zone == Zone::Header;
  });
  if (in_content != reading.adequate.end()) return read_order_of(reading, **in_content);
  const auto footer = std::ranges::find(reading.adequate, Zone::Footer, &Candidate::zone);
  if (footer == reading.adequate.end()) {
    const Candidate& aside = *reading.adequate.front();
    reading.add("CD106", aside.range,
                "The disclosure stands beside the content only: " + reading.quote(aside));
    return;
  }
  const bool links_elsewhere = std::ranges::any_of(
      reading.facts.links.paid, [](const PageLink& link) { return link.zone != Zone::Footer; });
  if (links_elsewhere)
    reading.add("CD104", (*footer)->range,
                "Only the footer says that money is paid: " + reading.quote(**footer));
}

/// A paid link that readers meet above the disclosure: in the navigation, the site's head.
void read_navigation(RuleReading& reading) {
  if (reading.effective.empty()) return;
  const std::size_t disclosed = reading.effective.front()->range.begin;
  for (const PageLink& link : reading.facts.links.paid) {
    if (link.is_content || reading.facts.offset_of(link) > disclosed) continue;
    if (reading.is_labelled(link)) continue;
    reading.add("CD103", reading.place_of(link),
                "The paid link " + reading.name_of(link) + " stands above the disclosure.");
    return;
  }
}

/// The beginnings of what disclosures have in common, in the languages that have patterns.
bool may_speak_of_links(std::string_view script) {
  static constexpr std::array<std::string_view, 9> kWords{
      "ffiliat", "ommission", "rovision", "omisi",           "omiss",
      "prowizj", "ommissie",  "filia",    "Amazon Associate"};
  return std::ranges::any_of(kWords, [&](std::string_view each) {
    return ::memmem(script.data(), script.size(), each.data(), each.size()) != nullptr;
  });
}

/// The first text in a script's quotes that speaks of paid links.
std::string disclosure_in_script(std::string_view script) {
  constexpr std::size_t kShortest = 15;
  constexpr std::size_t kLongest = 800;
  constexpr int kMost = 2000;
  int tried = 0;
  for (std::size_t at = script.find_first_of("'\"`"); at != std::string_view::npos && tried < kMost;
       at = script.find_first_of("'\"`", at)) {
    const std::size_t end = script.find_first_of(std::string{script[at], '\n'}, at + 1);
    if (end == std::string_view::npos) return {};
    const std::string_view text = script.substr(at + 1, end - at - 1);
    at = end + 1;
    if (text.size() < kShortest || text.size() > kLongest || text.find(' ') == std::string::npos)
      continue;
    ++tried;
    const Wording wording = classify(text);
    if (wording.has(Says::Explain) || wording.amazon_statement() ||
        (wording.has(Says::Bare) && wording.has(Hedge::Presence)))
      return std::string(text);
  }
  return {};
}

/// Korea and Romania want it among the first lines.
void read_first_lines(RuleReading& reading) {
  constexpr std::size_t kFirstLines = 600;  // bytes of text
  if (reading.effective.empty()) return;
  const Candidate& first = *reading.effective.front();
  std::size_t before = 0;
  for (const TextBlock& block : reading.facts.outline.blocks) {
    if (block.range.begin >= first.range.begin) break;
    const bool counts = !block.hidden && !block.inert &&
                        block.link_bytes * 2 <= block.text.size() &&
                        reading.facts.outline.zone_of(block.element) == Zone::Content;
    if (counts) before += block.text.size();
  }
  if (before <= kFirstLines) return;
  for (const std::string& jurisdiction : reading.policy.jurisdictions)
    if (jurisdiction == "KR" || jurisdiction == "RO")
      reading
          .add("CD102", first.range,
               "The first disclosure, " + reading.quote(first) +
                   ", stands neither in the title nor in the first lines.")
          .jurisdiction = jurisdiction;
}

/// Words of shown text in front of each block.
class WordCounter {
 public:
  explicit WordCounter(const Outline& outline) : outline_(outline) {}

  /// `offset` is never less than the one before.
  std::size_t words_before(std::size_t offset) {
    for (; next_ < outline_.blocks.size() && outline_.blocks[next_].range.begin < offset; ++next_) {
      const TextBlock& block = outline_.blocks[next_];
      if (block.hidden || block.inert) continue;
      words_ += static_cast<std::size_t>(std::ranges::count(block.text, ' ')) + 1;
      // Text without blanks: about two characters of three bytes make a word.
      words_ += static_cast<std::size_t>(std::ranges::count_if(
                    block.text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; })) /
                2;
    }
    return words_;
  }

 private:
  const Outline& outline_;
  std::size_t next_ = 0;
  std::size_t words_ = 0;
};

void add_far(RuleReading& reading, const PageLink& link, std::string message) {
  Breach& breach = reading.add("CD108", reading.place_of(link), std::move(message));
  if (link.is_amazon) breach.network = "Amazon";
  if (link.link.network == "walmart") breach.network = "Walmart";
}

/// Unlabelled links far below the last disclosure. One finding for all of them.
void read_distance(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  WordCounter counter(facts.outline);
  std::size_t disclosed = 0;
  auto next = reading.adequate.begin();
  const PageLink* first = nullptr;
  std::size_t count = 0;
  for (const PageLink& link : facts.links.paid) {
    if (!link.is_content) continue;
    const std::size_t at = facts.offset_of(link);
    for (; next != reading.adequate.end() && (*next)->range.begin < at; ++next)
      disclosed = counter.words_before((*next)->range.begin);
    if (counter.words_before(at) <= disclosed + reading.policy.words_in_reach) continue;
    if (reading.is_labelled(link)) continue;
    if (first == nullptr) first = &link;
    ++count;
  }
  if (first == nullptr) return;
  add_far(reading, *first,
          "The paid link " + reading.name_of(*first) +
              (count > 1 ? " and " + std::to_string(count - 1) + " more stand" : " stands") +
              " more than " + std::to_string(reading.policy.words_in_reach) +
              " words below the disclosure, without a label.");
}

/// The paid link that a reader meets behind each jump, with no adequate disclosure between and no
/// further target.
std::vector<const PageLink*> links_behind_jumps(const RuleReading& reading, std::size_t disclosed) {
  const PageFacts& facts = reading.facts;
  const auto& paid = facts.links.paid;
  const std::vector<JumpTarget> targets = jump_targets(facts);
  std::vector<std::size_t> said;
  for (const Candidate* each : reading.adequate) said.push_back(each->range.begin);
  std::vector<const PageLink*> met;
  std::size_t link = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const std::size_t begin = targets[i].offset;
    const std::size_t end = i + 1 < targets.size() ? targets[i + 1].offset : facts.bytes.size();
    while (link < paid.size() && (facts.offset_of(paid[link]) < begin || !paid[link].is_content))
      ++link;
    if (link == paid.size()) break;
    const std::size_t at = facts.offset_of(paid[link]);
    if (at >= end || begin <= disclosed) continue;
    const auto next = std::ranges::lower_bound(said, begin);
    if (next == said.end() || *next >= at) met.push_back(&paid[link]);
  }
  return met;
}

/// Unlabelled links that readers come to by a jump past the disclosure.
void read_jumps(RuleReading& reading) {
  auto met = links_behind_jumps(reading, reading.effective.front()->range.begin);
  std::erase_if(met, [&](const PageLink* link) { return reading.is_labelled(*link); });
  if (met.empty()) return;
  add_far(reading, *met.front(),
          "A link of the page's own jumps past the disclosure to the paid link " +
              reading.name_of(*met.front()) + ", which has no label" +
              (met.size() > 1 ? "; " + std::to_string(met.size() - 1) + " more do so." : "."));
}

/// Blocks of ours that say the same, with nothing between them that readers jump to.
void read_repeats(RuleReading& reading) {
  const PageFacts& facts = reading.facts;
  std::vector<const Element*> blocks;
  for (const Element& element : facts.outline.elements) {
    const html::Token& tag = facts.page.tokens[element.start_token];
    if (tag.attribute_count == 0 || element.inert || element.tag != Tag::Div) continue;
    const html::Attribute* mark = facts.page.find_attribute(tag, "data-candor");
    if (mark != nullptr && mark->value.of(facts.bytes) == "disclosure") blocks.push_back(&element);
  }
  if (blocks.size() < 2) return;
  const std::vector<JumpTarget> targets = jump_targets(facts);
  std::set<std::string, std::less<>> seen;
  std::size_t last = 0;
  for (const Element* block : blocks) {
    const ByteRange tag = facts.page.tokens[block->start_token].range;
    const std::size_t end = block->end_token < facts.page.tokens.size()
                                ? facts.page.tokens[block->end_token].range.begin
                                : facts.bytes.size();
    const auto target = std::ranges::upper_bound(targets, last, {}, &JumpTarget::offset);
    const bool jumped = target != targets.end() && target->offset < tag.end;
    last = tag.end;
    if (seen.emplace(facts.bytes.substr(tag.end, end - tag.end)).second || jumped) continue;
    reading.add("CD111", tag, "The same disclosure stands on the page more than once.");
    return;
  }
}

/// Text that a script of the page's own puts in: readers without it, feeds and crawlers miss it.
void read_scripts(RuleReading& reading) {
  static constexpr std::array<std::string_view, 6> kWrites{
      "document.write",     "innerHTML",   "insertAdjacentHTML",
      "insertAdjacentText", "textContent", "innerText"};
  const PageFacts& facts = reading.facts;
  for (const Element& element : facts.outline.elements) {
    if (element.tag != Tag::Script || element.inert || element.foreign) continue;
    const std::size_t text = element.start_token + std::size_t{1};
    if (text >= facts.page.tokens.size() || facts.page.tokens[text].kind != html::TokenKind::Text)
      continue;
    const std::string_view script = facts.page.tokens[text].range.of(facts.bytes);
    const bool writes = std::ranges::any_of(kWrites, [&](std::string_view each) {
      return ::memmem(script.data(), script.size(), each.data(), each.size()) != nullptr;
    });
    if (!writes || !may_speak_of_links(script)) continue;
    const std::string said = disclosure_in_script(script);
    if (said.empty()) continue;
    reading.add("CD309", facts.page.tokens[element.start_token].range,
                "Only a script writes the disclosure: " + quoted(said));
    return;
  }
}

void add_unseen(RuleReading& reading, const Candidate& unseen) {
  if (unseen.hidden)
    reading.add("CD301", unseen.range,
                "The disclosure " + reading.quote(unseen) + " is not shown (" +
                    reading.look_of(unseen).hidden_by + ").");
  else
    reading.add("CD302", unseen.range,
                "The disclosure " + reading.quote(unseen) + " is only shown after a click.");
}

bool is_in_own_block(const PageFacts& facts, const Candidate& candidate) {
  for (std::uint32_t up = facts.outline.blocks[candidate.block].element; up != kNoElement;
       up = facts.outline.elements[up].parent) {
    const html::Token& tag = facts.page.tokens[facts.outline.elements[up].start_token];
    const html::Attribute* mark = facts.page.find_attribute(tag, "data-candor");
    if (mark != nullptr && mark->value.of(facts.bytes) == kDisclosureMark) return true;
  }
  return false;
}

/// The ad words that we put beside our notice do not stand in for it: with the notice out of sight,
/// nobody reads what they are about.
void read_own_block(RuleReading& reading) {
  const bool stated = std::ranges::any_of(
      reading.effective, [](const Candidate* each) { return each->wording.has(Says::Explain); });
  if (stated) return;
  const auto ours = std::ranges::find_if(
      reading.unseen, [&](const Candidate* each) { return is_in_own_block(reading.facts, *each); });
  if (ours != reading.unseen.end()) add_unseen(reading, **ours);
}

}  // namespace

void read_placement(RuleReading& reading) {
  read_repeats(reading);
  if (!reading.adequate.empty()) {
    if (std::ranges::all_of(reading.adequate,
                            [&](const Candidate* each) { return is_drawn(reading, *each); })) {
      const Candidate& drawn = *reading.adequate.front();
      reading.add("CD306", drawn.range, "The disclosure is only drawn: " + reading.quote(drawn));
      return;
    }
    read_own_block(reading);
    read_order(reading);
    read_navigation(reading);
    read_first_lines(reading);
    if (!reading.effective.empty()) {
      read_distance(reading);
      read_jumps(reading);
    }
    return;
  }
  read_scripts(reading);
  if (reading.unseen.empty()) return read_absence(reading);
  add_unseen(reading, *reading.unseen.front());
}

void read_without_links(RuleReading& reading) {
  if (!reading.facts.links.unsure.empty()) return;
  for (const Candidate& each : reading.facts.candidates) {
    const Wording& w = each.wording;
    if (!each.shown || each.mostly_link) continue;
    if (!w.has(Says::Explain) && !w.has(Says::Bare) && !w.amazon_statement()) continue;
    reading.add("CD110", each.range,
                "The page says " + reading.quote(each) + ", but no paid link was found on it.");
    return;
  }
}

}  // namespace candor::disclosure
