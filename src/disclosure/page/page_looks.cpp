// A disclosure is looked at as its runs of text, each with the element it stands in: a browser
// hides and paints by elements, not by blocks. The longest runs say how it is painted; what is
// hidden is left out of what it says.
#include "disclosure/page/page_looks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/ascii.h"
#include "css/computed_style.h"
#include "disclosure/page/page_facts.h"
#include "disclosure/page/page_tree.h"
#include "disclosure/page/painted_text.h"
#include "disclosure/page/style_sources.h"
#include "disclosure/page/visibility.h"
#include "html/character_reference.h"

namespace candor::disclosure {
namespace {

/// A text token of a candidate.
struct Run {
  std::uint32_t token = 0;
  std::uint32_t element = kNoElement;
  std::size_t bytes = 0;
};

constexpr std::size_t kMaxRuns = 200;

class Looker {
 public:
  explicit Looker(PageFacts& facts)
      : facts_(facts),
        tree_(facts.page, facts.outline, facts.encoding),
        sheets_(facts.looks.styles->sheets) {}

  void look() {
    css::Styles styles(sheets_, tree_, css::Reader{});
    styles_ = &styles;
    find_controlled();
    for (Candidate& each : facts_.candidates) look_at(each);
    measure_body();
    for (const PageLink& each : facts_.links.paid) look_at(each);
    look_elsewhere();
    note_open_questions();
  }

 private:
  const Outline& outline() const { return facts_.outline; }

  /// The innermost element a token stands in.
  std::uint32_t element_at(std::uint32_t token) const {
    const auto& elements = outline().elements;
    const auto behind = std::ranges::upper_bound(elements, token, {}, &Element::start_token);
    if (behind == elements.begin()) return kNoElement;
    auto at = static_cast<std::uint32_t>(behind - elements.begin()) - 1;
    while (at != kNoElement && elements[at].end_token <= token) at = elements[at].parent;
    return at;
  }

  css::Node node_of(std::uint32_t element) const {
    return element == kNoElement ? tree_.body() : element;
  }

  std::vector<Run> runs_of(ByteRange range) const {
    std::vector<Run> runs;
    const auto& tokens = facts_.page.tokens;
    const auto first = std::ranges::lower_bound(
        tokens, range.begin, {}, [](const html::Token& token) { return token.range.begin; });
    for (auto at = first; at != tokens.end() && at->range.begin < range.end; ++at) {
      if (at->kind != html::TokenKind::Text || at->mode != html::TextMode::Data) continue;
      const std::string_view text = ascii::trim(at->range.of(facts_.bytes));
      if (text.empty()) continue;
      const auto token = static_cast<std::uint32_t>(at - tokens.begin());
      runs.push_back({token, element_at(token), text.size()});
      if (runs.size() == kMaxRuns) break;
    }
    return runs;
  }

  std::string hidden_by(std::uint32_t element) {
    return why_not_seen(*styles_, tree_, node_of(element));
  }

  std::string text_of(const std::vector<Run>& runs) const {
    std::string text;
    for (const Run& run : runs) {
      const std::string_view bytes = facts_.page.tokens[run.token].range.of(facts_.bytes);
      std::string decoded = html::decode_references(html::to_utf8(bytes, facts_.encoding),
                                                    html::ReferenceContext::Text);
      for (const char c : decoded) {
        if (!ascii::is_space(c))
          text += c;
        else if (!text.empty() && text.back() != ' ')
          text += ' ';
      }
    }
    return std::string(ascii::trim(text));
  }

  void look_at(Candidate& candidate) {
    Look& look = facts_.looks.candidates.emplace_back();
    const std::vector<Run> runs = runs_of(candidate.range);
    std::vector<Run> seen;
    for (const Run& run : runs) {
      std::string reason = hidden_by(run.element);
      if (reason.empty())
        seen.push_back(run);
      else if (look.hidden_by.empty())
        look.hidden_by = std::move(reason);
    }
    if (runs.empty()) return;
    const bool hidden = seen.empty() || (seen.size() < runs.size() && !still_says(candidate, seen));
    if (!hidden) look.hidden_by.clear();
    const std::uint32_t element = (seen.empty() ? runs : seen).front().element;
    const bool collapsed = outline().blocks[candidate.block].collapsed || opens_on_request(element);
    // What a closed toggle hides is not lost: it is behind a click.
    candidate.hidden = hidden && !collapsed;
    candidate.shown = !hidden && !collapsed;
    look.ad_block_name = ad_block_name(element);
    if (candidate.shown) paint(look, seen, css::kWhite);
  }

  /// Whether what is left in view says as much as the whole. The rest is what counts then.
  bool still_says(Candidate& candidate, const std::vector<Run>& seen) const {
    Candidate rest = candidate;
    rest.wording = classify(text_of(seen));
    if (is_adequate(facts_, candidate) && !is_adequate(facts_, rest)) return false;
    if (rest.wording.says == 0) return false;
    candidate = rest;
    return true;
  }

  /// The worst of the runs that make a fifth of the text or more.
  void paint(Look& look, const std::vector<Run>& runs, css::Colour canvas) {
    std::size_t all = 0;
    for (const Run& run : runs) all += run.bytes;
    bool known = true;
    for (const Run& run : runs) {
      if (run.bytes * 5 < all) continue;
      const css::Node node = node_of(run.element);
      const css::ComputedStyle& style = styles_->of(node);
      if (style.font_known && style.font_px < look.font_px.value_or(1e9))
        look.font_px = style.font_px;
      const auto painted = painted_text(*styles_, tree_, node, canvas);
      known = known && painted.has_value();
      if (!painted) continue;
      const double contrast = css::contrast(painted->text, painted->background);
      if (contrast >= look.contrast.value_or(100)) continue;
      look.contrast = contrast;
      look.colours = hex(painted->text) + " on " + hex(painted->background);
    }
    if (!known) contrast_open_ = true;
  }

  static std::string hex(const css::Colour& colour) {
    const auto byte = [](double channel) { return static_cast<int>(std::lround(channel)); };
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "#%02X%02X%02X", byte(colour.red), byte(colour.green),
                  byte(colour.blue));
    return text.data();
  }

  /// Ids that a closed toggle (aria-expanded=false) says it controls.
  void find_controlled() {
    for (const Element& element : outline().elements) {
      const html::Token& tag = facts_.page.tokens[element.start_token];
      if (tag.attribute_count < 2) continue;
      const auto expanded = attribute_text(facts_.page, tag, "aria-expanded", facts_.encoding);
      if (!expanded || !ascii::equals_ignoring_case(ascii::trim(*expanded), "false")) continue;
      std::string ids =
          attribute_text(facts_.page, tag, "aria-controls", facts_.encoding).value_or("");
      if (ids.empty()) {
        // Bootstrap's toggles name their target by a selector.
        for (const std::string_view name : {"data-bs-target", "data-target", "href"})
          if (ids.empty())
            ids = attribute_text(facts_.page, tag, name, facts_.encoding).value_or("");
        if (!ids.starts_with('#')) ids.clear();
        ids.erase(0, 1);
      }
      if (!ids.empty()) controlled_ += ' ' + ids;
    }
  }

  bool opens_on_request(std::uint32_t element) const {
    for (std::uint32_t up = element; up != kNoElement; up = outline().elements[up].parent) {
      if (up == outline().main) return false;
      if (is_collapsed_by_class(tree_.attribute(up, "class").value_or(""))) return true;
      const auto id = tree_.attribute(up, "id");
      if (id && !id->empty() && has_word(controlled_, *id)) return true;
    }
    return false;
  }

  /// Names by which filter lists of ad blockers hide elements, on what holds the text.
  std::string ad_block_name(std::uint32_t element) const {
    for (std::uint32_t up = element; up != kNoElement && up != outline().main;
         up = outline().elements[up].parent) {
      const Tag tag = outline().elements[up].tag;
      if (tag == Tag::Body || tag == Tag::Html || tag == Tag::Article) break;
      for (const std::string_view attribute : {"class", "id"})
        if (const auto names = tree_.attribute(up, attribute))
          if (const std::string_view name = find_ad_block_name(*names); !name.empty())
            return std::string(name);
    }
    return {};
  }

  /// The size most of the article's text has.
  void measure_body() {
    constexpr std::size_t kBlocks = 12;
    constexpr std::size_t kLongEnough = 80;
    std::vector<const TextBlock*> blocks;
    for (const TextBlock& block : outline().blocks) {
      if (block.hidden || block.inert || block.text.size() < kLongEnough) continue;
      if (block.link_bytes * 2 > block.text.size()) continue;
      if (outline().zone_of(block.element) == Zone::Content) blocks.push_back(&block);
    }
    for (const Candidate& each : facts_.candidates)
      std::erase(blocks, &outline().blocks[each.block]);
    const std::size_t count = std::min(kBlocks, blocks.size());
    std::ranges::partial_sort(blocks, blocks.begin() + static_cast<std::ptrdiff_t>(count),
                              std::ranges::greater{},
                              [](const TextBlock* block) { return block->text.size(); });
    std::vector<std::pair<double, std::size_t>> sizes;
    for (std::size_t i = 0; i < count; ++i) {
      const css::ComputedStyle& style = styles_->of(node_of(blocks[i]->element));
      if (!style.font_known) continue;
      const auto same =
          std::ranges::find(sizes, style.font_px, &std::pair<double, std::size_t>::first);
      if (same == sizes.end())
        sizes.emplace_back(style.font_px, blocks[i]->text.size());
      else
        same->second += blocks[i]->text.size();
    }
    const auto most = std::ranges::max_element(sizes, {}, &std::pair<double, std::size_t>::second);
    if (most != sizes.end()) facts_.looks.body_font_px = most->first;
  }

  void look_at(const PageLink& link) {
    LinkLook& look = facts_.looks.links.emplace_back();
    if (!link.is_content) return;
    const Anchor& anchor = outline().anchors[link.anchor];
    look.painted_label = painted_label(anchor.element);
    look.label_hidden = is_labelled(facts_, link) && hides_label(anchor);
    if (anchor.block == kNoBlock || anchor.block != anchor.last_block) return;
    const TextBlock& block = outline().blocks[anchor.block];
    constexpr std::size_t kTextAround = 20;
    if (block.text.size() < block.link_bytes + kTextAround || link.link.text.empty()) return;
    const Element& element = outline().elements[anchor.element];
    const auto runs = runs_of({facts_.page.tokens[element.start_token].range.end,
                               element.end_token < facts_.page.tokens.size()
                                   ? facts_.page.tokens[element.end_token].range.begin
                                   : facts_.bytes.size()});
    if (runs.empty() || element.parent == kNoElement) return;
    compare(look, node_of(runs.front().element), node_of(element.parent));
  }

  /// Whether a label stands in or beside the link in text that is not shown.
  bool hides_label(const Anchor& anchor) {
    const auto& tokens = facts_.page.tokens;
    const Element& element = outline().elements[anchor.element];
    constexpr std::uint32_t kTokensAround = 6;
    const std::uint32_t from =
        element.start_token > kTokensAround ? element.start_token - kTokensAround : 0;
    const std::size_t to =
        std::min<std::size_t>(tokens.size() - 1, element.end_token + kTokensAround);
    std::vector<Run> hidden;
    bool shown_label = false;
    for (const Run& run : runs_of({tokens[from].range.begin, tokens[to].range.begin})) {
      if (!hidden_by(run.element).empty())
        hidden.push_back(run);
      else
        shown_label = shown_label || holds_label(text_of({run}));
    }
    return !shown_label && !hidden.empty() && holds_label(text_of(hidden));
  }

  void compare(LinkLook& look, css::Node link, css::Node around) {
    const css::ComputedStyle& inside = styles_->of(link);
    const css::ComputedStyle& outside = styles_->of(around);
    for (css::Node up = link; up != around && up != css::kNoNode; up = tree_.parent(up)) {
      const css::ComputedStyle& style = styles_->of(up);
      if (style.border_bottom || style.background_image || style.unsure) return;
      if (!style.background.known || style.background.plain.alpha > 0) return;
    }
    if (inside.underlined || inside.bold != outside.bold) return;
    const auto own = painted_text(*styles_, tree_, link, css::kWhite);
    const auto other = painted_text(*styles_, tree_, around, css::kWhite);
    if (own && other) look.contrast_with_text = css::contrast(own->text, other->text);
  }

  std::string painted_label(std::uint32_t element) {
    const auto& elements = outline().elements;
    constexpr std::uint32_t kInside = 8;
    std::string label;
    for (std::uint32_t at = element;
         at < elements.size() && at < element + kInside && outline().is_inside(at, element); ++at)
      for (const auto pseudo : {css::PseudoElement::Before, css::PseudoElement::After})
        if (const auto content = styles_->content_of(at, pseudo))
          label += (label.empty() ? "" : " ") + *content;
    return label;
  }

  /// On small windows, on paper, and on dark pages.
  void look_elsewhere() {
    using Place = std::pair<const char*, css::Reader>;
    const std::array<Place, 4> places{Place{"a window of 480 px", {false, false, true, 480, 800}},
                                      Place{"a window of 390 px", {false, false, true, 390, 844}},
                                      Place{"a window of 320 px", {false, false, true, 320, 640}},
                                      Place{"print", {true, false, false, 720, 1000}}};
    for (const auto& [name, reader] : places) {
      if (!styles_->read_as(reader)) continue;
      for (std::size_t i = 0; i < facts_.candidates.size(); ++i) {
        const Candidate& candidate = facts_.candidates[i];
        Look& look = facts_.looks.candidates[i];
        if (!candidate.shown || !look.gone_in.empty() || !is_adequate(facts_, candidate)) continue;
        const std::vector<Run> runs = runs_of(candidate.range);
        std::vector<Run> seen;
        for (const Run& run : runs)
          if (hidden_by(run.element).empty()) seen.push_back(run);
        Candidate rest = candidate;
        if (!runs.empty() &&
            (seen.empty() || (seen.size() < runs.size() && !still_says(rest, seen))))
          look.gone_in = name;
      }
    }
    look_in_the_dark();
  }

  /// Only where the page paints its dark background itself.
  void look_in_the_dark() {
    css::Reader dark;
    dark.dark = true;
    if (!styles_->read_as(dark)) return;
    const bool was_open = contrast_open_;
    for (std::size_t i = 0; i < facts_.candidates.size(); ++i) {
      const Candidate& candidate = facts_.candidates[i];
      Look& look = facts_.looks.candidates[i];
      if (!candidate.shown || !is_adequate(facts_, candidate)) continue;
      Look by_day;
      Look by_night;
      const std::vector<Run> runs = runs_of(candidate.range);
      paint(by_day, runs, css::kWhite);
      paint(by_night, runs, css::kBlack);
      if (!by_day.contrast || by_day.colours != by_night.colours) continue;
      if (*by_day.contrast >= look.contrast.value_or(100)) continue;
      look.contrast = by_day.contrast;
      look.colours = by_day.colours;
      look.contrast_in_dark = true;
    }
    contrast_open_ = was_open;
  }

  /// What nobody may take for passed. Only a disclosure in view can be badly seen.
  void note_open_questions() {
    const bool any = std::ranges::any_of(facts_.candidates, [&](const Candidate& each) {
      return each.shown && is_adequate(facts_, each);
    });
    if (!any) return;
    const auto& unread = facts_.looks.unread;
    constexpr std::size_t kNamed = 3;
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, unread.size()); ++i)
      names += (i == 0 ? "" : ", ") + std::string(shortened(unread[i], 120));
    if (unread.size() > kNamed) names += " and " + std::to_string(unread.size() - kNamed) + " more";
    if (!unread.empty())
      facts_.not_evaluated.push_back("CD304, CD305, CD310: style sheets that could not be read (" +
                                     names + ")");
    else if (contrast_open_)
      facts_.not_evaluated.emplace_back(
          "CD304: the disclosure's colours, or what lies under them, could not be computed");
    if (!sheets_.complete() || styles_->exhausted())
      facts_.not_evaluated.emplace_back(
          "CD301, CD304, CD305, CD310: the page's styles are too large or too deep to follow");
  }

  PageFacts& facts_;
  PageTree tree_;
  const css::StyleSheets& sheets_;
  css::Styles* styles_ = nullptr;
  std::string controlled_;
  bool contrast_open_ = false;
};

}  // namespace

void look_at_page(PageFacts& facts, const Policy& policy,
                  std::shared_ptr<const PageStyles> earlier) {
  if (facts.links.paid.empty() || facts.candidates.empty()) return;
  if (policy.surface != Surface::Page) return;
  facts.looks.styles = styles_of(facts, policy, std::move(earlier));
  facts.looks.unread = facts.looks.styles->unread;
  Looker(facts).look();
}

}  // namespace candor::disclosure
