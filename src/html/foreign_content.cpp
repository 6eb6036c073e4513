// Tags in svg and math (WHATWG 13.2.6.5) and the points where html goes on inside them.
#include "base/ascii.h"
#include "html/character_reference.h"
#include "html/parse_feedback.h"

namespace candor::html {

bool ParseFeedback::start_tag_is_foreign() const {
  if (!in_foreign_content()) return false;
  Tag node = open_.current().tag;
  Traits traits = open_.current().traits;
  Namespace space = open_.current().space;
  if (const FragmentContext* outer = outer_context()) {
    node = find_tag(outer->name);
    space = outer->space;
    traits = foreign_traits(node, space);
  }
  const Tag tag = current_.tag;
  if ((traits & kMathTextIntegration) != 0 && tag != Tag::Mglyph && tag != Tag::Malignmark)
    return false;
  if (space == Namespace::MathMl && node == Tag::AnnotationXml && tag == Tag::Svg) return false;
  return (traits & kHtmlIntegration) == 0;
}

Traits ParseFeedback::foreign_traits(Tag tag, Namespace space) {
  if (space == Namespace::Svg) {
    const bool point = tag == Tag::ForeignObject || tag == Tag::Desc || tag == Tag::Title;
    return point ? kSpecial | kScopeFence | kHtmlIntegration : 0;
  }
  switch (tag) {
    case Tag::Mi:
    case Tag::Mo:
    case Tag::Mn:
    case Tag::Ms:
    case Tag::Mtext:
      return kSpecial | kScopeFence | kMathTextIntegration;
    case Tag::AnnotationXml:
      return kSpecial | kScopeFence;
    default:
      return 0;
  }
}

bool ParseFeedback::breaks_out() const {
  if (current_.tag != Tag::Font) return (traits_of(current_.tag) & kBreakout) != 0;
  for (const Attribute& attribute : current_.attributes)
    for (const std::string_view name : {"color", "face", "size"})
      if (ascii::equals_ignoring_case(attribute.name.of(bytes_), name)) return true;
  return false;
}

void ParseFeedback::leave_foreign_content() {
  while (open_.size() > 1 && open_.current().space != Namespace::Html &&
         !open_.current().has(kMathTextIntegration | kHtmlIntegration))
    open_.pop();
}

bool ParseFeedback::encloses_html(std::string_view attribute_value) {
  const std::string value = decode_references(attribute_value, ReferenceContext::Attribute);
  return ascii::equals_ignoring_case(value, "text/html") ||
         ascii::equals_ignoring_case(value, "application/xhtml+xml");
}

void ParseFeedback::open_foreign(Namespace space) {
  answer_.foreign = true;
  if (current_.self_closing) return;
  Traits traits = foreign_traits(current_.tag, space);
  if (space == Namespace::MathMl && current_.tag == Tag::AnnotationXml) {
    for (const Attribute& attribute : current_.attributes) {
      if (!ascii::equals_ignoring_case(attribute.name.of(bytes_), "encoding")) continue;
      if (encloses_html(attribute.value.of(bytes_))) traits |= kHtmlIntegration;
      break;
    }
  }
  open_.push_foreign(current_.tag, current_.name, space, traits);
}

/// True when a foreign element ends; else the tag went to the rules of html content, or nowhere.
bool ParseFeedback::end_foreign_tag() {
  for (std::size_t index = open_.size(); index-- > 1;) {
    const OpenElement& element = open_.at(index);
    if (element.space == Namespace::Html) {
      html_end_tag();
      return false;
    }
    const bool same =
        element.tag == current_.tag && ascii::equals_ignoring_case(element.name, current_.name);
    if (same) {
      open_.pop_to(index);
      return true;
    }
  }
  return false;
}

}  // namespace candor::html
