// End tags in the body (WHATWG 13.2.6.4.7).
#include "html/body_role.h"
#include "html/parse_feedback.h"

namespace candor::html {

ParseFeedback::Next ParseFeedback::end_in_body() {
  const Tag tag = current_.tag;
  switch (tag) {
    case Tag::Template:
      end_template();
      return Next::Done;
    case Tag::Body:
    case Tag::Html:
      if (!open_.has_in_scope(Tag::Body)) return Next::Done;
      mode_ = Mode::AfterBody;
      return tag == Tag::Html ? Next::Again : Next::Done;
    case Tag::Form:
      end_form();
      return Next::Done;
    case Tag::P:
      open_.close_paragraph();
      return Next::Done;
    case Tag::Br:
      open_.reconstruct_formatting();
      frameset_ok_ = false;
      return Next::Done;
    case Tag::Li:
      if (open_.has_in_scope(Tag::Li, Scope::ListItem)) open_.pop_until(Tag::Li);
      return Next::Done;
    case Tag::Dd:
    case Tag::Dt:
      if (open_.has_in_scope(tag)) open_.pop_until(tag);
      return Next::Done;
    case Tag::Applet:
    case Tag::Marquee:
    case Tag::Object:
      if (!open_.has_in_scope(tag)) return Next::Done;
      open_.pop_until(tag);
      open_.clear_to_marker();
      return Next::Done;
    default:
      break;
  }
  if ((traits_of(tag) & kFormatting) != 0)
    open_.adopt(tag, current_.name);
  else if (!end_block())
    open_.close_other(tag, current_.name);
  return Next::Done;
}

/// Elements whose end tag closes everything in them. The implied end tags the standard generates
/// first only tell parse errors apart: what is popped is the same.
bool ParseFeedback::end_block() {
  if ((traits_of(current_.tag) & kHeading) != 0) {
    if (open_.has_heading_in_scope()) open_.pop_until_heading();
    return true;
  }
  const bool other = current_.tag == Tag::Button || current_.tag == Tag::Listing ||
                     current_.tag == Tag::Pre || current_.tag == Tag::Select;
  if (!other && body_role_of(current_.tag) != BodyRole::PlainBlock) return false;
  if (open_.has_in_scope(current_.tag)) open_.pop_until(current_.tag);
  return true;
}

void ParseFeedback::end_form() {
  if (open_.has(Tag::Template)) {
    if (open_.has_in_scope(Tag::Form)) open_.pop_until(Tag::Form);
    return;
  }
  const bool was_open = form_open_;
  form_open_ = false;
  if (!was_open || !open_.has_in_scope(Tag::Form)) return;
  open_.close_implied();
  open_.remove_last(Tag::Form);
}

}  // namespace candor::html
