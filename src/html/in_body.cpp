// Start tags in the body (WHATWG 13.2.6.4.7), with select as relaxed in July 2025.
#include "html/body_role.h"
#include "html/parse_feedback.h"

namespace candor::html {

ParseFeedback::Next ParseFeedback::start_in_body() {
  switch (body_role_of(current_.tag)) {
    case BodyRole::Ignored:
      break;
    case BodyRole::Body:
      if (open_.size() > 1 && !open_.has(Tag::Template)) frameset_ok_ = false;
      break;
    case BodyRole::Frameset:
      start_frameset_in_body();
      break;
    case BodyRole::HeadContent:
      start_head_content();
      break;
    case BodyRole::PlainBlock:
      open_.close_paragraph();
      open_html();
      break;
    case BodyRole::SpecialBlock:
      start_special_block();
      break;
    case BodyRole::Void:
      start_void();
      break;
    case BodyRole::Text:
      start_text_element();
      break;
    case BodyRole::Formatting:
      start_formatting();
      break;
    case BodyRole::FormPart:
      start_form_part();
      break;
    case BodyRole::Other:
      start_other_in_body();
      break;
  }
  return Next::Done;
}

void ParseFeedback::start_frameset_in_body() {
  if (!frameset_ok_ || open_.size() < 2 || !open_.at(1).is_html(Tag::Body)) return;
  open_.pop_to(1);
  open_html();
  mode_ = Mode::InFrameset;
}

void ParseFeedback::start_special_block() {
  switch (current_.tag) {
    case Tag::Pre:
    case Tag::Listing:
      frameset_ok_ = false;
      open_.close_paragraph();
      break;
    case Tag::Li:
    case Tag::Dd:
    case Tag::Dt:
      start_list_item();
      break;
    case Tag::Table:
      if (!quirks_) open_.close_paragraph();
      frameset_ok_ = false;
      enter(Tag::Table, current_.name, Mode::InTable, Next::Done);
      return;
    default:  // h1 to h6
      open_.close_paragraph();
      if (open_.current().has(kHeading)) open_.pop();
      break;
  }
  open_html();
}

/// Closes the item that is open in the same list, then the paragraph.
void ParseFeedback::start_list_item() {
  frameset_ok_ = false;
  const bool list = current_.tag == Tag::Li;
  for (std::size_t index = open_.size(); index-- > 0;) {
    const OpenElement& element = open_.at(index);
    const bool item =
        list ? element.is_html(Tag::Li) : element.is_html(Tag::Dd) || element.is_html(Tag::Dt);
    if (item) {
      open_.pop_to(index);
      break;
    }
    const bool passes =
        element.is_html(Tag::Address) || element.is_html(Tag::Div) || element.is_html(Tag::P);
    if (element.has(kSpecial) && !passes) break;
  }
  open_.close_paragraph();
}

void ParseFeedback::start_void() {
  switch (current_.tag) {
    case Tag::Area:
    case Tag::Br:
    case Tag::Embed:
    case Tag::Image:
    case Tag::Img:
    case Tag::Keygen:
    case Tag::Wbr:
      open_.reconstruct_formatting();
      frameset_ok_ = false;
      return;
    case Tag::Input:
      if (open_.has_in_scope(Tag::Select)) open_.pop_until(Tag::Select);
      open_.reconstruct_formatting();
      if (!is_hidden_input()) frameset_ok_ = false;
      return;
    case Tag::Param:
    case Tag::Source:
    case Tag::Track:
      return;
    case Tag::Hr:
      open_.close_paragraph();
      if (open_.has_in_scope(Tag::Select)) open_.close_implied();
      frameset_ok_ = false;
      return;
    default:
      return;
  }
}

void ParseFeedback::start_text_element() {
  switch (current_.tag) {
    case Tag::Textarea:
      frameset_ok_ = false;
      text_mode(TextMode::Rcdata);
      return;
    case Tag::Xmp:
      open_.close_paragraph();
      open_.reconstruct_formatting();
      frameset_ok_ = false;
      text_mode(TextMode::Rawtext);
      return;
    case Tag::Iframe:
      frameset_ok_ = false;
      text_mode(TextMode::Rawtext);
      return;
    case Tag::Noembed:
    case Tag::Noscript:
      text_mode(TextMode::Rawtext);
      return;
    case Tag::Plaintext:
      open_.close_paragraph();
      text_mode(TextMode::Plaintext);
      return;
    default:
      return;
  }
}

void ParseFeedback::start_formatting() {
  if (current_.tag == Tag::A && open_.has_formatting(Tag::A)) {
    open_.adopt(Tag::A, current_.name);
    open_.forget_formatting(Tag::A);
  }
  open_.reconstruct_formatting();
  if (current_.tag == Tag::Nobr && open_.has_in_scope(Tag::Nobr)) {
    open_.adopt(Tag::Nobr, current_.name);
    open_.reconstruct_formatting();
  }
  open_.push_formatting(current_.tag, current_.name, current_.attributes);
}

void ParseFeedback::start_form_part() {
  switch (current_.tag) {
    case Tag::Form:
      if (form_open_ && !open_.has(Tag::Template)) return;
      open_.close_paragraph();
      open_html();
      form_open_ = form_open_ || !open_.has(Tag::Template);
      return;
    case Tag::Button:
      if (open_.has_in_scope(Tag::Button)) open_.pop_until(Tag::Button);
      open_.reconstruct_formatting();
      open_html();
      frameset_ok_ = false;
      return;
    case Tag::Select:
      if (is_fragment_ && context_.space == Namespace::Html &&
          find_tag(context_.name) == Tag::Select)
        return;
      if (open_.has_in_scope(Tag::Select)) {
        open_.pop_until(Tag::Select);
        return;
      }
      open_.reconstruct_formatting();
      open_html();
      frameset_ok_ = false;
      return;
    case Tag::Option:
    case Tag::Optgroup:
      if (open_.has_in_scope(Tag::Select))
        open_.close_implied(current_.tag == Tag::Option ? Tag::Optgroup : Tag::Other);
      else if (open_.current().is_html(Tag::Option))
        open_.pop();
      open_.reconstruct_formatting();
      open_html();
      return;
    default:
      return;
  }
}

void ParseFeedback::start_other_in_body() {
  switch (current_.tag) {
    case Tag::Applet:
    case Tag::Marquee:
    case Tag::Object:
      open_.reconstruct_formatting();
      if (open_.push_html(current_.tag, current_.name)) open_.add_marker();
      frameset_ok_ = false;
      return;
    case Tag::Rb:
    case Tag::Rtc:
      if (open_.has_in_scope(Tag::Ruby)) open_.close_implied();
      return open_html();
    case Tag::Rp:
    case Tag::Rt:
      if (open_.has_in_scope(Tag::Ruby)) open_.close_implied(Tag::Rtc);
      return open_html();
    case Tag::Svg:
    case Tag::Math:
      open_.reconstruct_formatting();
      return open_foreign(current_.tag == Tag::Svg ? Namespace::Svg : Namespace::MathMl);
    default:
      open_.reconstruct_formatting();
      return open_html();
  }
}

}  // namespace candor::html
