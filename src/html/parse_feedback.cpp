#include "html/parse_feedback.h"

#include <algorithm>

#include "base/ascii.h"
#include "html/character_reference.h"

namespace candor::html {
namespace {

/// Character data that opens no body and leaves framesets possible; the standard drops NUL here.
bool is_blank(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return ascii::is_space(c) || c == '\0'; });
}

TextMode text_mode_of(Tag tag) {
  switch (tag) {
    case Tag::Title:
    case Tag::Textarea:
      return TextMode::Rcdata;
    case Tag::Style:
    case Tag::Xmp:
    case Tag::Iframe:
    case Tag::Noembed:
    case Tag::Noframes:
    case Tag::Noscript:
      return TextMode::Rawtext;
    case Tag::Script:
      return TextMode::ScriptData;
    case Tag::Plaintext:
      return TextMode::Plaintext;
    default:
      return TextMode::Data;
  }
}

}  // namespace

TextMode ParseFeedback::enter_fragment(const FragmentContext& context) {
  is_fragment_ = true;
  context_ = context;
  quirks_ = false;
  open_.push_html(Tag::Html, "html");
  const bool html = context.space == Namespace::Html;
  const Tag tag = find_tag(context.name);
  if (html && tag == Tag::Template) template_modes_.push_back(Mode::InTemplate);
  form_open_ = html && tag == Tag::Form;
  reset_mode();
  return html ? text_mode_of(tag) : TextMode::Data;
}

void ParseFeedback::doctype(const Token& token) {
  if (mode_ != Mode::Initial) return;
  // The public identifiers that also mean quirks only decide whether a table closes a paragraph.
  const std::string_view behind = bytes_.substr(token.range.begin, token.range.size()).substr(9);
  quirks_ = !ascii::equals_ignoring_case(ascii::trim(behind).substr(0, 4), "html");
  mode_ = Mode::BeforeHtml;
}

StartTagFeedback ParseFeedback::start_tag(const Token& token,
                                          std::span<const Attribute> attributes) {
  current_.name = token.name.of(bytes_);
  current_.tag = token.tag;
  current_.at = token.range.begin;
  current_.self_closing = token.self_closing;
  current_.attributes = attributes;
  answer_ = {};
  if (!start_tag_is_foreign()) {
    html_start_tag();
  } else if (breaks_out()) {
    leave_foreign_content();
    html_start_tag();
  } else {
    const FragmentContext* outer = outer_context();
    open_foreign(outer != nullptr ? outer->space : open_.current().space);
  }
  note_uncertainty();
  return answer_;
}

bool ParseFeedback::end_tag(const Token& token) {
  if (skip_end_tag_) {
    skip_end_tag_ = false;
    return false;
  }
  current_ = {};
  current_.name = token.name.of(bytes_);
  current_.tag = token.tag;
  current_.at = token.range.begin;
  if (current_.tag == Tag::Select) in_older_select_ = false;
  if (open_.pop_untracked(current_.tag, current_.name)) return false;
  if (!in_foreign_content()) {
    html_end_tag();
    return false;
  }
  if (current_.tag == Tag::Br || current_.tag == Tag::P) {
    leave_foreign_content();
    html_end_tag();
    return false;
  }
  return end_foreign_tag();
}

StartTagFeedback ParseFeedback::read(const Token& token, std::span<const Attribute> attributes) {
  StartTagFeedback answer;
  if (token.kind == TokenKind::StartTag)
    answer = start_tag(token, attributes);
  else if (token.kind == TokenKind::EndTag)
    answer.foreign = end_tag(token);
  else if (token.kind == TokenKind::Text && token.mode == TextMode::Data)
    text(token);
  else if (token.kind == TokenKind::Doctype)
    doctype(token);
  return answer;
}

void ParseFeedback::read_from(std::string_view bytes, const std::vector<Attribute>& attributes) {
  bytes_ = bytes;
  open_.read_from(bytes, attributes);
}

bool ParseFeedback::same_state(const ParseFeedback& other) const {
  return mode_ == other.mode_ && frameset_ok_ == other.frameset_ok_ &&
         head_seen_ == other.head_seen_ && form_open_ == other.form_open_ &&
         quirks_ == other.quirks_ && skip_end_tag_ == other.skip_end_tag_ &&
         in_older_select_ == other.in_older_select_ && uncertain_from_ == other.uncertain_from_ &&
         template_modes_ == other.template_modes_ && open_.same_state(other.open_);
}

void ParseFeedback::text(const Token& token) {
  // Most text stands in a body that no frameset can replace any more: there it only reopens
  // formatting elements, whatever it says.
  if (mode_ == Mode::InBody && !frameset_ok_ && !in_foreign_content())
    return open_.reconstruct_formatting();
  const bool blank = is_blank(token.range.of(bytes_));
  const bool foreign = in_foreign_content();
  const bool integrated = foreign && outer_context() == nullptr &&
                          open_.current().has(kMathTextIntegration | kHtmlIntegration);
  if (foreign && !integrated) {
    frameset_ok_ = frameset_ok_ && blank;
    return;
  }
  text_in(mode_, blank);
}

void ParseFeedback::text_in(Mode mode, bool blank) {
  switch (mode) {
    case Mode::Initial:
    case Mode::BeforeHtml:
    case Mode::BeforeHead:
    case Mode::InHead:
    case Mode::AfterHead:
      if (blank) return;
      force_body();
      break;
    case Mode::InColumnGroup:
      if (blank || !open_.current().is_html(Tag::Colgroup)) return;
      open_.pop();
      mode_ = Mode::InTable;
      break;
    case Mode::InTable:
    case Mode::InTableBody:
    case Mode::InRow:
      if (blank) return;
      break;
    case Mode::AfterBody:
    case Mode::AfterAfterBody:
      if (!blank) mode_ = Mode::InBody;
      break;
    case Mode::InFrameset:
    case Mode::AfterFrameset:
    case Mode::AfterAfterFrameset:
      return;
    default:
      break;
  }
  open_.reconstruct_formatting();
  if (!blank) frameset_ok_ = false;
}

void ParseFeedback::force_body() {
  if (open_.empty()) open_.push_html(Tag::Html, "html");
  if (mode_ == Mode::InHead) open_.pop();
  head_seen_ = true;
  open_.push_html(Tag::Body, "body");
  mode_ = Mode::InBody;
}

bool ParseFeedback::cdata_allowed(std::size_t at) {
  // Older browsers ignore svg and math inside select, so they read a comment here.
  if (in_older_select_ || open_.over_the_limit()) uncertain(at);
  return in_foreign_content();
}

void ParseFeedback::uncertain(std::size_t at) { uncertain_from_ = std::min(uncertain_from_, at); }

/// Marks tags whose text mode browsers read differently. Until 2025 the standard ignored most tags
/// inside select; frames end the body, and few pages show what browsers then do with its rest.
void ParseFeedback::note_uncertainty() {
  const Tag tag = current_.tag;
  const bool text_type = (traits_of(tag) & kTextType) != 0;
  if (!text_type && (traits_of(tag) & kUnsettled) == 0) return;
  const bool framed = mode_ == Mode::InFrameset || mode_ == Mode::AfterFrameset ||
                      mode_ == Mode::AfterAfterFrameset;
  if (text_type) {
    const bool as_ever = !answer_.foreign && (tag == Tag::Script || tag == Tag::Textarea);
    if (in_older_select_ && !as_ever) uncertain(current_.at);
    if (framed && tag != Tag::Noframes) uncertain(current_.at);
    if (open_.over_the_limit() && answer_.foreign) uncertain(current_.at);
  }
  if (open_.over_the_limit() && (tag == Tag::Svg || tag == Tag::Math)) uncertain(current_.at);
  if (answer_.foreign) return;
  if (tag == Tag::Select)
    in_older_select_ = !in_older_select_;
  else if (tag == Tag::Input || tag == Tag::Keygen)
    in_older_select_ = false;
}

void ParseFeedback::open_html() { open_.push_html(current_.tag, current_.name); }

void ParseFeedback::text_mode(TextMode mode) {
  answer_.mode = mode;
  skip_end_tag_ = true;
}

bool ParseFeedback::is_hidden_input() const {
  for (const Attribute& attribute : current_.attributes)
    if (ascii::equals_ignoring_case(attribute.name.of(bytes_), "type"))
      return ascii::equals_ignoring_case(
          decode_references(attribute.value.of(bytes_), ReferenceContext::Attribute), "hidden");
  return false;
}

void ParseFeedback::html_start_tag() {
  while (start_in(mode_) == Next::Again) {
  }
}

void ParseFeedback::html_end_tag() {
  while (end_in(mode_) == Next::Again) {
  }
}

}  // namespace candor::html
