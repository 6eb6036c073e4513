// Tags outside body and tables: the start of a page, its head, templates, framesets
// (WHATWG 13.2.6.4.1 to 13.2.6.4.6, 13.2.6.4.16 to 13.2.6.4.21).
#include "html/parse_feedback.h"

namespace candor::html {

ParseFeedback::Next ParseFeedback::start_in(Mode mode) {
  switch (mode) {
    case Mode::Initial:
    case Mode::BeforeHtml:
    case Mode::BeforeHead:
      return start_before_head(mode);
    case Mode::InHead:
      return start_in_head();
    case Mode::AfterHead:
      return start_in_after_head();
    case Mode::InBody:
      return start_in_body();
    case Mode::InTable:
      return start_in_table();
    case Mode::InCaption:
      return start_in_caption();
    case Mode::InColumnGroup:
      return start_in_column_group();
    case Mode::InTableBody:
      return start_in_table_body();
    case Mode::InRow:
      return start_in_row();
    case Mode::InCell:
      return start_in_cell();
    case Mode::InTemplate:
      return start_in_template();
    case Mode::AfterBody:
    case Mode::AfterAfterBody:
      if (current_.tag == Tag::Html) return Next::Done;
      mode_ = Mode::InBody;
      return Next::Again;
    default:
      start_in_frameset();
      return Next::Done;
  }
}

ParseFeedback::Next ParseFeedback::end_in(Mode mode) {
  switch (mode) {
    case Mode::Initial:
    case Mode::BeforeHtml:
    case Mode::BeforeHead:
    case Mode::InHead:
    case Mode::AfterHead:
      return end_before_body(mode);
    case Mode::InBody:
      return end_in_body();
    case Mode::InTable:
      return end_in_table();
    case Mode::InCaption:
      return end_in_caption();
    case Mode::InColumnGroup:
      return end_in_column_group();
    case Mode::InTableBody:
      return end_in_table_body();
    case Mode::InRow:
      return end_in_row();
    case Mode::InCell:
      return end_in_cell();
    case Mode::InTemplate:
      if (current_.tag == Tag::Template) end_template();
      return Next::Done;
    case Mode::AfterBody:
      if (current_.tag == Tag::Html) {
        if (!is_fragment_) mode_ = Mode::AfterAfterBody;
        return Next::Done;
      }
      mode_ = Mode::InBody;
      return Next::Again;
    case Mode::AfterAfterBody:
      mode_ = Mode::InBody;
      return Next::Again;
    default:
      end_in_frameset();
      return Next::Done;
  }
}

ParseFeedback::Next ParseFeedback::start_before_head(Mode mode) {
  if (mode == Mode::Initial) {
    mode_ = Mode::BeforeHtml;
    return Next::Again;
  }
  if (mode == Mode::BeforeHtml) {
    open_.push_html(Tag::Html, "html");
    mode_ = Mode::BeforeHead;
    return current_.tag == Tag::Html ? Next::Done : Next::Again;
  }
  if (current_.tag == Tag::Html) return Next::Done;
  open_.push_html(Tag::Head, "head");
  head_seen_ = true;
  mode_ = Mode::InHead;
  return current_.tag == Tag::Head ? Next::Done : Next::Again;
}

ParseFeedback::Next ParseFeedback::end_before_body(Mode mode) {
  const Tag tag = current_.tag;
  if (tag == Tag::Template && (mode == Mode::InHead || mode == Mode::AfterHead)) {
    end_template();
    return Next::Done;
  }
  if (mode == Mode::InHead && tag == Tag::Head) {
    open_.pop();
    mode_ = Mode::AfterHead;
    return Next::Done;
  }
  const bool implies = tag == Tag::Body || tag == Tag::Html || tag == Tag::Br ||
                       (tag == Tag::Head && mode != Mode::AfterHead);
  if (!implies) return Next::Done;
  switch (mode) {
    case Mode::InHead:
      open_.pop();
      mode_ = Mode::AfterHead;
      break;
    case Mode::AfterHead:
      open_.push_html(Tag::Body, "body");
      mode_ = Mode::InBody;
      break;
    default:
      start_before_head_implied(mode);
      break;
  }
  return Next::Again;
}

void ParseFeedback::start_before_head_implied(Mode mode) {
  if (mode == Mode::Initial) {
    mode_ = Mode::BeforeHtml;
  } else if (mode == Mode::BeforeHtml) {
    open_.push_html(Tag::Html, "html");
    mode_ = Mode::BeforeHead;
  } else {
    open_.push_html(Tag::Head, "head");
    head_seen_ = true;
    mode_ = Mode::InHead;
  }
}

bool ParseFeedback::is_head_content() const {
  switch (current_.tag) {
    case Tag::Base:
    case Tag::Basefont:
    case Tag::Bgsound:
    case Tag::Link:
    case Tag::Meta:
    case Tag::Noframes:
    case Tag::Script:
    case Tag::Style:
    case Tag::Template:
    case Tag::Title:
      return true;
    default:
      return false;
  }
}

/// What "using the rules for in head" means for the tags of is_head_content().
void ParseFeedback::start_head_content() {
  if (current_.tag == Tag::Title) return text_mode(TextMode::Rcdata);
  if (current_.tag == Tag::Script) return text_mode(TextMode::ScriptData);
  if (current_.tag == Tag::Style || current_.tag == Tag::Noframes)
    return text_mode(TextMode::Rawtext);
  if (current_.tag == Tag::Template) start_template();
}

ParseFeedback::Next ParseFeedback::start_in_head() {
  if (current_.tag == Tag::Html || current_.tag == Tag::Head) return Next::Done;
  if (is_head_content()) {
    start_head_content();
    return Next::Done;
  }
  if (current_.tag == Tag::Noscript) {
    text_mode(TextMode::Rawtext);
    return Next::Done;
  }
  open_.pop();
  mode_ = Mode::AfterHead;
  return Next::Again;
}

ParseFeedback::Next ParseFeedback::start_in_after_head() {
  if (current_.tag == Tag::Html || current_.tag == Tag::Head) return Next::Done;
  if (is_head_content()) {
    start_head_content();
    return Next::Done;
  }
  if (current_.tag == Tag::Frameset) {
    open_html();
    mode_ = Mode::InFrameset;
    return Next::Done;
  }
  open_.push_html(Tag::Body, "body");
  mode_ = Mode::InBody;
  if (current_.tag != Tag::Body) return Next::Again;
  frameset_ok_ = false;
  return Next::Done;
}

void ParseFeedback::start_template() {
  if (!open_.push_html(Tag::Template, current_.name)) return;
  open_.add_marker();
  frameset_ok_ = false;
  mode_ = Mode::InTemplate;
  template_modes_.push_back(Mode::InTemplate);
}

void ParseFeedback::end_template() {
  if (!open_.has(Tag::Template)) return;
  open_.close_implied_thoroughly();
  open_.pop_until(Tag::Template);
  open_.clear_to_marker();
  template_modes_.pop_back();
  reset_mode();
}

ParseFeedback::Next ParseFeedback::start_in_template() {
  if (is_head_content()) {
    start_head_content();
    return Next::Done;
  }
  switch (current_.tag) {
    case Tag::Caption:
    case Tag::Colgroup:
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      mode_ = Mode::InTable;
      break;
    case Tag::Col:
      mode_ = Mode::InColumnGroup;
      break;
    case Tag::Tr:
      mode_ = Mode::InTableBody;
      break;
    case Tag::Td:
    case Tag::Th:
      mode_ = Mode::InRow;
      break;
    default:
      mode_ = Mode::InBody;
      break;
  }
  template_modes_.back() = mode_;
  return Next::Again;
}

void ParseFeedback::start_in_frameset() {
  if (current_.tag == Tag::Noframes)
    text_mode(TextMode::Rawtext);
  else if (current_.tag == Tag::Frameset && mode_ == Mode::InFrameset)
    open_html();
}

void ParseFeedback::end_in_frameset() {
  if (mode_ == Mode::InFrameset && current_.tag == Tag::Frameset) {
    if (open_.size() > 1) open_.pop();
    if (!is_fragment_ && !open_.current().is_html(Tag::Frameset)) mode_ = Mode::AfterFrameset;
  } else if (mode_ == Mode::AfterFrameset && current_.tag == Tag::Html) {
    mode_ = Mode::AfterAfterFrameset;
  }
}

ParseFeedback::Mode ParseFeedback::mode_inside(Tag tag, bool last) const {
  switch (tag) {
    case Tag::Td:
    case Tag::Th:
      return last ? Mode::InBody : Mode::InCell;
    case Tag::Tr:
      return Mode::InRow;
    case Tag::Tbody:
    case Tag::Thead:
    case Tag::Tfoot:
      return Mode::InTableBody;
    case Tag::Caption:
      return Mode::InCaption;
    case Tag::Colgroup:
      return Mode::InColumnGroup;
    case Tag::Table:
      return Mode::InTable;
    case Tag::Template:
      return template_modes_.back();
    case Tag::Head:
      return last ? Mode::InBody : Mode::InHead;
    case Tag::Body:
      return Mode::InBody;
    case Tag::Frameset:
      return Mode::InFrameset;
    case Tag::Html:
      return head_seen_ ? Mode::AfterHead : Mode::BeforeHead;
    default:
      return Mode::Initial;
  }
}

/// "Reset the insertion mode appropriately"; Initial stands for elements that decide nothing.
void ParseFeedback::reset_mode() {
  for (std::size_t index = open_.size(); index-- > 0;) {
    const bool last = index == 0;
    const bool by_context = last && is_fragment_;
    const Namespace space = by_context ? context_.space : open_.at(index).space;
    const Tag tag = by_context ? find_tag(context_.name) : open_.at(index).tag;
    const Mode mode = space == Namespace::Html ? mode_inside(tag, last) : Mode::Initial;
    if (mode != Mode::Initial) {
      mode_ = mode;
      return;
    }
  }
  mode_ = Mode::InBody;
}

}  // namespace candor::html
