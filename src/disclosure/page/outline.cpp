#include "disclosure/page/outline.h"

#include <algorithm>

#include "base/ascii.h"
#include "disclosure/page/element_stack.h"
#include "disclosure/page/main_content.h"
#include "disclosure/page/paid_links.h"
#include "disclosure/page/visibility.h"
#include "html/character_reference.h"
#include "link/host.h"

namespace candor::disclosure {
namespace {

using html::TokenKind;

class OutlineBuilder {
 public:
  OutlineBuilder(const html::Page& page, const html::Encoding& encoding,
                 std::string_view content_selector)
      : page_(page),
        encoding_(encoding),
        content_selector_(content_selector),
        stack_(page, outline_.elements) {}

  Outline build() {
    read_styles();
    for (std::uint32_t i = 0; i < page_.tokens.size(); ++i) read(i);
    const auto end = static_cast<std::uint32_t>(page_.tokens.size());
    stack_.close_all(end);
    flush();
    close_anchors();
    if (!heading_.empty()) outline_.title = heading_;
    assign_zones(page_, encoding_, content_selector_, outline_);
    return std::move(outline_);
  }

 private:
  void read_styles() {
    for (std::size_t i = 0; i + 1 < page_.tokens.size(); ++i)
      if (page_.tokens[i].kind == TokenKind::StartTag && page_.is(page_.tokens[i], "style") &&
          page_.tokens[i + 1].kind == TokenKind::Text)
        read_style_sheet(page_.tokens[i + 1].range.of(page_.bytes), hidden_names_);
  }

  void read(std::uint32_t index) {
    const html::Token& token = page_.tokens[index];
    switch (token.kind) {
      case TokenKind::StartTag:
        return read_start_tag(index, token);
      case TokenKind::EndTag:
        return read_end_tag(index, token);
      case TokenKind::Text:
      case TokenKind::Cdata:
        return read_text(token);
      default:
        return;
    }
  }

  void read_start_tag(std::uint32_t index, const html::Token& token) {
    const Tag tag = find_tag(page_.name_of(token));
    const std::uint32_t block_before = stack_.block();
    const std::uint32_t element = stack_.start(index, tag);
    if (is_block(tag) || tag == Tag::Hr || stack_.block() != block_before) flush();
    inherit(element, token, tag);
    Element& made = outline_.elements[element];
    if ((made.hidden || made.collapsed) && !made_of_parent_state(made)) flush();
    if (tag == Tag::Br) append(" ", false);
    if (tag == Tag::A || tag == Tag::Area) begin_anchor(element);
    if (tag == Tag::Html && outline_.language.empty())
      outline_.language = attribute_text(page_, token, "lang", encoding_).value_or("");
    if (tag == Tag::Link) read_link(token);
    if (tag == Tag::Base && outline_.base_href.empty())
      outline_.base_href =
          ascii::trim(attribute_text(page_, token, "href", encoding_).value_or(""));
  }

  /// Whether the element is shown just as its parent is.
  bool made_of_parent_state(const Element& made) const {
    if (made.parent == kNoElement) return false;
    const Element& parent = outline_.elements[made.parent];
    return parent.hidden == made.hidden && parent.collapsed == made.collapsed;
  }

  void inherit(std::uint32_t index, const html::Token& token, Tag tag) {
    Element& element = outline_.elements[index];
    if (element.parent != kNoElement) {
      const Element& parent = outline_.elements[element.parent];
      element.hidden = parent.hidden;
      element.collapsed = parent.collapsed;
      element.inert = parent.inert;
      // The summary of details is always shown.
      if (parent.tag == Tag::Details && tag == Tag::Summary)
        element.collapsed =
            parent.parent != kNoElement && outline_.elements[parent.parent].collapsed;
    }
    if (tag == Tag::Template) element.inert = true;
    if (token.attribute_count > 0)
      element.hidden = element.hidden || hides(page_, token, hidden_names_);
    element.collapsed = element.collapsed || collapses(page_, token, tag);
  }

  void read_end_tag(std::uint32_t index, const html::Token& token) {
    const Tag tag = find_tag(page_.name_of(token));
    const std::uint32_t block_before = stack_.block();
    const std::uint32_t closed = stack_.end(index, tag);
    const bool shown_changes =
        closed != kNoElement &&
        (outline_.elements[closed].hidden || outline_.elements[closed].collapsed) &&
        !made_of_parent_state(outline_.elements[closed]);
    if (tag == Tag::A) close_anchors();
    if (is_block(tag) || stack_.block() != block_before || shown_changes) flush();
  }

  void read_link(const html::Token& token) {
    const auto rel = attribute_text(page_, token, "rel", encoding_);
    if (!rel) return;
    const auto text = [&](std::string_view name) {
      return std::string(ascii::trim(attribute_text(page_, token, name, encoding_).value_or("")));
    };
    if (ascii::equals_ignoring_case(ascii::trim(*rel), "canonical")) {
      if (outline_.canonical_url.empty()) outline_.canonical_url = text("href");
      return;
    }
    std::string kind;
    if (has_word(*rel, "amphtml")) kind = "AMP";
    if (kind.empty() && has_word(*rel, "alternate") && !has_word(*rel, "stylesheet")) {
      const std::string media = ascii::to_lower(text("media"));
      if (!text("hreflang").empty()) kind = "translation";
      if (media == "print") kind = "print";
      if (media == "handheld" || media.find("max-width") != std::string::npos) kind = "mobile";
    }
    constexpr std::size_t kMost = 64;
    if (kind.empty() || outline_.variants.size() == kMost) return;
    if (std::string url = text("href"); !url.empty())
      outline_.variants.push_back({std::move(kind), std::move(url)});
  }

  void read_text(const html::Token& token) {
    const std::uint32_t top = stack_.top();
    if (token.mode == html::TextMode::Rcdata) {
      if (outline_.title.empty() && top != kNoElement && outline_.elements[top].tag == Tag::Title &&
          !outline_.elements[top].foreign)
        outline_.title = folded(decoded(token));
      return;
    }
    if (token.mode != html::TextMode::Data) return;
    if (!in_block_) {
      const std::string_view bytes = token.range.of(page_.bytes);
      if (std::all_of(bytes.begin(), bytes.end(), ascii::is_space)) return;
      begin_block(token, top);
    }
    block_.range.end = token.range.end;
    const bool in_link = !open_anchors_.empty() || in_button(top);
    append(decoded(token), in_link);
  }

  bool in_button(std::uint32_t element) const {
    constexpr int kLook = 4;
    for (int i = 0; i < kLook && element != kNoElement; ++i) {
      if (outline_.elements[element].tag == Tag::Button) return true;
      element = outline_.elements[element].parent;
    }
    return false;
  }

  std::string decoded(const html::Token& token) const {
    const std::string_view bytes = token.range.of(page_.bytes);
    const std::string text =
        encoding_.name == "UTF-8" ? std::string(bytes) : html::to_utf8(bytes, encoding_);
    if (text.find('&') == std::string::npos) return text;
    return html::decode_references(text, html::ReferenceContext::Text);
  }

  static std::string folded(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (!ascii::is_space(c))
        out.push_back(c);
      else if (!out.empty() && out.back() != ' ')
        out.push_back(' ');
    }
    if (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
  }

  void begin_block(const html::Token& token, std::uint32_t top) {
    in_block_ = true;
    block_ = TextBlock{};
    block_.range = token.range;
    block_.element = stack_.block();
    if (top == kNoElement) return;
    block_.hidden = outline_.elements[top].hidden;
    block_.collapsed = outline_.elements[top].collapsed;
    block_.inert = outline_.elements[top].inert;
  }

  void append(std::string_view text, bool in_link) {
    if (!in_block_) return;
    const std::size_t before = block_.text.size();
    for (const char c : text) {
      if (!ascii::is_space(c))
        block_.text.push_back(c);
      else if (!block_.text.empty() && block_.text.back() != ' ')
        block_.text.push_back(' ');
    }
    if (in_link) block_.link_bytes += static_cast<std::uint32_t>(block_.text.size() - before);
    settle_anchors(before);
  }

  void begin_anchor(std::uint32_t element) {
    if (outline_.elements[element].tag == Tag::A) close_anchors();
    Anchor anchor;
    anchor.element = element;
    if (in_block_) {
      anchor.block = static_cast<std::uint32_t>(outline_.blocks.size());
      anchor.text_begin = anchor.text_end = static_cast<std::uint32_t>(block_.text.size());
    }
    outline_.anchors.push_back(anchor);
    if (outline_.elements[element].tag == Tag::A)
      open_anchors_.push_back(static_cast<std::uint32_t>(outline_.anchors.size() - 1));
  }

  /// Gives an open anchor the blocks its text begins and ends in, and moves its end.
  void settle_anchors(std::size_t text_before) {
    const auto current = static_cast<std::uint32_t>(outline_.blocks.size());
    const auto begin = static_cast<std::uint32_t>(text_before);
    const auto end = static_cast<std::uint32_t>(block_.text.size());
    for (const std::uint32_t index : open_anchors_) {
      Anchor& anchor = outline_.anchors[index];
      if (anchor.block == kNoBlock ||
          (anchor.block != current && anchor.text_begin == anchor.text_end)) {
        anchor.block = current;
        anchor.text_begin = begin;
      }
      if (anchor.block == current) anchor.text_end = end;
      if (anchor.last_block != current) {
        anchor.last_block = current;
        anchor.last_begin = anchor.block == current ? anchor.text_begin : begin;
      }
      anchor.last_end = end;
    }
  }

  void close_anchors() { open_anchors_.clear(); }

  void flush() {
    if (!in_block_) return;
    in_block_ = false;
    if (!block_.text.empty() && block_.text.back() == ' ') block_.text.pop_back();
    if (block_.element != kNoElement && outline_.elements[block_.element].tag == Tag::H1 &&
        heading_.empty() && !block_.hidden && !block_.inert)
      heading_ = block_.text;
    outline_.blocks.push_back(std::move(block_));
  }

  const html::Page& page_;
  const html::Encoding& encoding_;
  std::string_view content_selector_;
  Outline outline_;
  ElementStack stack_;
  HiddenNames hidden_names_;
  TextBlock block_;
  bool in_block_ = false;
  std::vector<std::uint32_t> open_anchors_;
  std::string heading_;
};

/// ASCII that neither encodings nor references nor line ends change.
bool is_as_written(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && c != '&' && c != '\r' && c != '\0';
  });
}

/// A value as a browser's tokenizer hands it on: NUL is U+FFFD, line ends are one
/// (WHATWG 13.2.5.36, 13.2.3.5). A URL would lose a NUL in front, and be another one once it is
/// written again.
std::string as_tokenized(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\0') {
      text += "\xEF\xBF\xBD";
    } else if (value[at] == '\r') {
      text += '\n';
      if (at + 1 < value.size() && value[at + 1] == '\n') ++at;
    } else {
      text += value[at];
    }
  }
  return text;
}

}  // namespace

bool Outline::is_inside(std::uint32_t element, std::uint32_t ancestor) const {
  if (ancestor == kNoElement || element == ancestor) return true;
  if (element == kNoElement) return false;
  const Element& outer = elements[ancestor];
  const std::uint32_t at = elements[element].start_token;
  return outer.start_token < at && at < outer.end_token;
}

Zone Outline::zone_of(std::uint32_t element) const {
  return element == kNoElement ? Zone::Content : elements[element].zone;
}

Outline outline_of(const html::Page& page, const html::Encoding& encoding,
                   std::string_view content_selector) {
  return OutlineBuilder(page, encoding, content_selector).build();
}

std::optional<std::string> attribute_text(const html::Page& page, const html::Token& tag,
                                          std::string_view name, const html::Encoding& encoding) {
  const html::Attribute* attribute = page.find_attribute(tag, name);
  if (attribute == nullptr) return std::nullopt;
  const std::string_view bytes = attribute->value.of(page.bytes);
  if (is_as_written(bytes)) return std::string(bytes);
  const std::string text = encoding.name == "UTF-8" ? with_replaced_malformed_utf8(bytes)
                                                    : html::to_utf8(bytes, encoding);
  return html::decode_references(as_tokenized(text), html::ReferenceContext::Attribute);
}

}  // namespace candor::disclosure
