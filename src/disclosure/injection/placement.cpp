// A block can stand where its parent is a plain container of blocks and the border touches a
// block's tag: there it splits no line of text and closes no paragraph. Never inside p, a, button,
// select, svg, table, details, navigation, footers or anything hidden.
#include "disclosure/injection/placement.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "disclosure/page/jump_targets.h"

namespace candor::disclosure {
namespace {

using enum Tag;

bool one_of(Tag tag, std::initializer_list<Tag> tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool holds_blocks(Tag tag) {
  return one_of(tag, {Body, Main, Article, Section, Div, Center, Form, Header, Hgroup});
}

/// Blocks whose tags may be neighbours of ours.
bool is_neighbour(Tag tag) {
  return is_heading(tag) ||
         one_of(tag, {Address, Article, Aside,  Blockquote, Center, Div,  Dl,  Fieldset,
                      Figure,  Footer,  Form,   Header,     Hgroup, Main, Nav, Ol,
                      P,       Pre,     Search, Section,    Table,  Ul});
}

/// No block of ours goes anywhere below one of these.
bool keeps_out(Tag tag) {
  return is_heading(tag) ||
         one_of(tag, {A,        Applet,  Button,  Dialog,   Details, Figure,   Head,     Label,
                      Li,       Marquee, Math,    Noscript, Object,  Option,   Optgroup, P,
                      Pre,      Select,  Summary, Svg,      Table,   Template, Textarea, Title,
                      Frameset, Iframe,  Dl,      Ul,       Ol});
}

class BlockPlaces {
 public:
  explicit BlockPlaces(const PageFacts& facts)
      : facts_(facts), outline_(facts.outline), open_to_us_(outline_.elements.size()) {
    for (std::uint32_t i = 0; i < outline_.elements.size(); ++i) open_to_us_[i] = is_open_to_us(i);
    find_borders();
  }

  std::optional<std::size_t> choose() const {
    const std::size_t limit = first_link();
    const std::size_t begin = main_begin();
    std::size_t wanted = std::max(begin, behind_title());
    if (const std::size_t skipped_to = skip_target(); skipped_to <= limit)
      wanted = std::max(wanted, skipped_to);
    // Behind the title, else as high in the content as can be, else just above the content.
    for (const std::size_t border : borders_)
      if (border >= wanted && border <= limit) return border;
    for (const std::size_t border : borders_)
      if (border >= begin && border <= limit) return border;
    std::optional<std::size_t> above;
    for (const std::size_t border : borders_)
      if (border <= limit) above = border;
    return above;
  }

  std::vector<std::size_t> repeats(std::size_t block) const {
    constexpr std::size_t kRepeats = 40;
    std::vector<std::size_t> places;
    const std::vector<JumpTarget> targets = jump_targets(facts_);
    for (std::size_t i = 0; i < targets.size() && places.size() < kRepeats; ++i) {
      const std::size_t from = behind_heading(targets[i].element);
      if (from <= block) continue;
      const std::size_t to = next_link(from);
      const bool skipped = i + 1 < targets.size() && targets[i + 1].offset < to;
      if (skipped || to == facts_.bytes.size()) continue;
      const auto border = std::lower_bound(borders_.begin(), borders_.end(), from);
      if (border == borders_.end() || *border > to) continue;
      if (places.empty() || places.back() != *border) places.push_back(*border);
    }
    return places;
  }

 private:
  /// Of the link that lets readers pass by what stands above the content; 0 without one.
  std::size_t skip_target() const {
    constexpr std::uint32_t kFirstLinks = 4;
    for (const JumpTarget& target : jump_targets(facts_))
      if (target.anchor < kFirstLinks) return behind_heading(target.element);
    return 0;
  }

  /// Behind the heading that the element is, holds first, or stands in; else behind its start tag.
  std::size_t behind_heading(std::uint32_t index) const {
    const auto& elements = outline_.elements;
    for (std::uint32_t i = index; i != kNoElement; i = elements[i].parent)
      if (is_heading(elements[i].tag) && elements[i].has_end_tag) return behind(elements[i]);
    const std::uint32_t first = index + 1;
    if (first < elements.size() && elements[first].parent == index &&
        is_heading(elements[first].tag) && elements[first].has_end_tag)
      return behind(elements[first]);
    return facts_.page.tokens[elements[index].start_token].range.end;
  }

  std::size_t next_link(std::size_t from) const {
    for (const PageLink& link : facts_.links.paid)
      if (link.is_content && facts_.offset_of(link) >= from) return facts_.offset_of(link);
    return facts_.bytes.size();
  }

  bool is_open_to_us(std::uint32_t index) const {
    const Element& element = outline_.elements[index];
    if (element.hidden || element.collapsed || element.inert || element.foreign) return false;
    if (element.zone != Zone::Content || keeps_out(element.tag)) return false;
    return element.parent == kNoElement || open_to_us_[element.parent];
  }

  bool may_hold(std::uint32_t parent) const {
    // Parts of pages, and pages that leave the tags of html and body out.
    if (parent == kNoElement) return true;
    const Element& element = outline_.elements[parent];
    return open_to_us_[parent] && !is_byline_box(element) &&
           (holds_blocks(element.tag) || element.tag == Html);
  }

  /// A notice among author and date is read as one of them.
  bool is_byline_box(const Element& element) const {
    static constexpr std::array<std::string_view, 12> kNames{
        "byline",    "meta",           "post-meta",    "entry-meta",
        "author",    "post-author",    "entry-byline", "article-meta",
        "post-info", "byline-wrapper", "posted-on",    "article__meta"};
    if (one_of(element.tag, {Body, Main, Article})) return false;
    const html::Attribute* names =
        facts_.page.find_attribute(facts_.page.tokens[element.start_token], "class");
    return names != nullptr && std::ranges::any_of(kNames, [&](std::string_view name) {
             return has_word(names->value.of(facts_.bytes), name);
           });
  }

  std::size_t begin_of(const Element& element) const {
    return facts_.page.tokens[element.start_token].range.begin;
  }
  std::size_t behind(const Element& element) const {
    return facts_.page.tokens[element.end_token].range.end;
  }

  void find_borders() {
    for (const Element& element : outline_.elements) {
      const auto index = static_cast<std::uint32_t>(&element - outline_.elements.data());
      if (holds_blocks(element.tag) && may_hold(index))
        add(facts_.page.tokens[element.start_token].range.end);
      if (!is_neighbour(element.tag) || element.foreign || !may_hold(element.parent)) continue;
      add(begin_of(element));
      if (element.has_end_tag && !element.misnested) add(behind(element));
    }
    if (begins_with_content()) add(0);
    std::sort(borders_.begin(), borders_.end());
    borders_.erase(std::unique(borders_.begin(), borders_.end()), borders_.end());
    drop_borders_in_links();
  }

  /// A part of a page, such as a feed's item, that says nothing of a head.
  bool begins_with_content() const {
    for (const html::Token& token : facts_.page.tokens)
      if (token.kind == html::TokenKind::Doctype) return false;
    return !outline_.elements.empty() &&
           !one_of(outline_.elements.front().tag, {Html, Head, Body, Frameset, Title, Meta, Link,
                                                   Base, Style, Script, Noscript, Template});
  }

  void add(std::size_t border) {
    if (border < facts_.page.certain_until || facts_.page.certain_until == facts_.bytes.size())
      borders_.push_back(border);
  }

  /// A link that is not closed goes on behind the end of its parents, up to the next tag of a
  /// link: what stands there is inside of it.
  void drop_borders_in_links() {
    const std::vector<ByteRange> open = unclosed_links();
    auto next = open.begin();
    std::erase_if(borders_, [&](std::size_t border) {
      while (next != open.end() && next->end <= border) ++next;
      return next != open.end() && next->begin < border;
    });
  }

  /// In page order; none reaches into the next.
  std::vector<ByteRange> unclosed_links() const {
    std::vector<std::size_t> tags;
    for (const html::Token& token : facts_.page.tokens) {
      const bool tag =
          token.kind == html::TokenKind::StartTag || token.kind == html::TokenKind::EndTag;
      if (tag && facts_.page.is(token, "a")) tags.push_back(token.range.begin);
    }
    std::vector<ByteRange> links;
    for (const Anchor& anchor : outline_.anchors) {
      const Element& link = outline_.elements[anchor.element];
      if (link.tag != A || link.foreign || link.inert) continue;
      if (link.has_end_tag && !link.misnested) continue;
      const auto behind_it = std::upper_bound(tags.begin(), tags.end(), begin_of(link));
      links.push_back(
          {begin_of(link), behind_it == tags.end() ? facts_.bytes.size() + 1 : *behind_it});
    }
    return links;
  }

  std::size_t first_link() const {
    const auto& paid = facts_.links.paid;
    if (facts_.first_content_link) return facts_.offset_of(paid[*facts_.first_content_link]);
    return facts_.bytes.size();
  }

  std::size_t main_begin() const {
    if (outline_.main == kNoElement) return 0;
    return facts_.page.tokens[outline_.elements[outline_.main].start_token].range.end;
  }

  /// Behind the content's title, its byline, and the header that holds nothing else.
  std::size_t behind_title() const {
    std::uint32_t title = find_title();
    if (title == kNoElement || !outline_.elements[title].has_end_tag) return 0;
    std::size_t place = behind(outline_.elements[title]);
    for (int steps = 0; steps < 8; ++steps) {
      place = std::max(place, behind_bylines(title));
      const std::uint32_t parent = outline_.elements[title].parent;
      if (parent == kNoElement || parent == outline_.main || !is_head_of_article(parent)) break;
      title = parent;
      place = std::max(place, behind(outline_.elements[parent]));
    }
    return place;
  }

  std::uint32_t find_title() const {
    for (std::uint32_t i = 0; i < outline_.elements.size(); ++i) {
      const Element& element = outline_.elements[i];
      if (element.tag != H1 || element.hidden || element.inert) continue;
      if (outline_.is_inside(i, outline_.main)) return i;
    }
    return kNoElement;
  }

  bool holds_paid_link(const Element& element) const {
    return std::any_of(facts_.links.paid.begin(), facts_.links.paid.end(),
                       [&](const PageLink& link) {
                         return link.token > element.start_token && link.token < element.end_token;
                       });
  }

  bool is_head_of_article(std::uint32_t index) const {
    constexpr std::uint32_t kHeadBytes = 500;
    const Element& element = outline_.elements[index];
    return element.has_end_tag && one_of(element.tag, {Header, Hgroup, Div, Section}) &&
           element.text_bytes <= kHeadBytes && !holds_paid_link(element);
  }

  /// Behind up to four bylines that follow the element directly.
  std::size_t behind_bylines(std::uint32_t index) const {
    std::size_t place = 0;
    std::uint32_t last = index;
    for (int found = 0; found < 4; ++found) {
      const std::uint32_t next = next_sibling(last);
      if (next == kNoElement || !is_byline(next)) break;
      last = next;
      place = behind(outline_.elements[next]);
    }
    return place;
  }

  std::uint32_t next_sibling(std::uint32_t index) const {
    const Element& element = outline_.elements[index];
    for (std::uint32_t i = index + 1; i < outline_.elements.size(); ++i) {
      if (outline_.elements[i].start_token < element.end_token) continue;
      return outline_.elements[i].parent == element.parent ? i : kNoElement;
    }
    return kNoElement;
  }

  bool is_byline(std::uint32_t index) const {
    constexpr std::uint32_t kBylineBytes = 250;
    const Element& element = outline_.elements[index];
    if (!element.has_end_tag || element.misnested || element.text_bytes > kBylineBytes)
      return false;
    if (is_heading(element.tag) || holds_paid_link(element)) return false;
    static constexpr std::array<std::string_view, 10> kNames{
        "byline",    "author",   "meta",    "date",      "posted",
        "published", "dateline", "updated", "post-info", "subtitle"};
    const html::Token& tag = facts_.page.tokens[element.start_token];
    for (const std::string_view name : {"class", "id", "rel", "itemprop"}) {
      const html::Attribute* attribute = facts_.page.find_attribute(tag, name);
      if (attribute == nullptr) continue;
      const std::string value = ascii::to_lower(attribute->value.of(facts_.bytes));
      if (std::any_of(kNames.begin(), kNames.end(),
                      [&](std::string_view each) { return value.find(each) != std::string::npos; }))
        return true;
    }
    return element.tag == Time || begins_like_a_byline(element);
  }

  bool begins_like_a_byline(const Element& element) const {
    static constexpr std::array<std::string_view, 7> kWords{"by ", "von ", "par ", "por ",
                                                            "di ", "av ",  "door "};
    for (const TextBlock& block : outline_.blocks) {
      if (block.range.begin < begin_of(element)) continue;
      if (block.range.begin > behind(element)) return false;
      const std::string text = ascii::to_lower(std::string_view(block.text).substr(0, 8));
      return std::any_of(kWords.begin(), kWords.end(),
                         [&](std::string_view word) { return text.starts_with(word); });
    }
    return false;
  }

  const PageFacts& facts_;
  const Outline& outline_;
  std::vector<bool> open_to_us_;
  std::vector<std::size_t> borders_;
};

bool is_in_content(const PageFacts& facts, std::uint32_t index) {
  return facts.outline.main != kNoElement && facts.outline.is_inside(index, facts.outline.main);
}

bool is_kept_out(const PageFacts& facts, std::uint32_t index) {
  for (std::uint32_t i = index; i != kNoElement; i = facts.outline.elements[i].parent)
    if (keeps_out(facts.outline.elements[i].tag)) return true;
  return false;
}

std::optional<std::size_t> end_of_body(const PageFacts& facts) {
  const auto& tokens = facts.page.tokens;
  for (auto token = tokens.rbegin(); token != tokens.rend(); ++token)
    if (token->kind == html::TokenKind::EndTag && facts.page.is(*token, "body"))
      return token->range.begin < facts.page.certain_until ? std::optional(token->range.begin)
                                                           : std::nullopt;
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> block_place(const PageFacts& facts) {
  return BlockPlaces(facts).choose();
}

std::vector<std::size_t> repeat_places(const PageFacts& facts, std::size_t block) {
  return BlockPlaces(facts).repeats(block);
}

std::optional<std::size_t> title_place(const PageFacts& facts) {
  const auto& elements = facts.outline.elements;
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    const Element& element = elements[i];
    if (element.tag != H1 || element.hidden || element.collapsed || element.inert) continue;
    if (!facts.outline.is_inside(i, facts.outline.main)) continue;
    const std::size_t place = facts.page.tokens[element.start_token].range.end;
    const bool sound = element.has_end_tag && !element.misnested && !element.foreign;
    if (!sound || place >= facts.page.certain_until) return std::nullopt;
    return place;
  }
  return std::nullopt;
}

std::optional<std::size_t> footer_place(const PageFacts& facts) {
  const auto& elements = facts.outline.elements;
  std::optional<std::size_t> place;
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    const Element& element = elements[i];
    if (element.tag != Footer || !element.has_end_tag || element.misnested) continue;
    if (element.hidden || element.collapsed || element.inert || element.foreign) continue;
    if ((place && is_in_content(facts, i)) || is_kept_out(facts, i)) continue;
    const std::size_t end = facts.page.tokens[element.end_token].range.begin;
    if (end < facts.page.certain_until) place = end;
  }
  return place ? place : end_of_body(facts);
}

}  // namespace candor::disclosure
