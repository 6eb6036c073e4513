// Tags inside tables (WHATWG 13.2.6.4.9 to 13.2.6.4.15). A part that lies deeper than the limit of
// open elements changes no mode: what follows it is read as if it were not there.
#include "html/parse_feedback.h"

namespace candor::html {

ParseFeedback::Next ParseFeedback::enter(Tag tag, std::string_view name, Mode mode, Next next) {
  if (!open_.push_html(tag, name)) return Next::Done;
  mode_ = mode;
  return next;
}

ParseFeedback::Next ParseFeedback::start_in_table() {
  const auto back_to_table = [&] { open_.clear_back_to({Tag::Table, Tag::Template, Tag::Html}); };
  switch (current_.tag) {
    case Tag::Caption:
      back_to_table();
      open_.add_marker();
      return enter(Tag::Caption, current_.name, Mode::InCaption, Next::Done);
    case Tag::Colgroup:
      back_to_table();
      return enter(Tag::Colgroup, current_.name, Mode::InColumnGroup, Next::Done);
    case Tag::Col:
      back_to_table();
      return enter(Tag::Colgroup, "colgroup", Mode::InColumnGroup, Next::Again);
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      back_to_table();
      return enter(current_.tag, current_.name, Mode::InTableBody, Next::Done);
    case Tag::Td:
    case Tag::Th:
    case Tag::Tr:
      back_to_table();
      return enter(Tag::Tbody, "tbody", Mode::InTableBody, Next::Again);
    case Tag::Table:
      if (!open_.has_in_scope(Tag::Table, Scope::Table)) return Next::Done;
      open_.pop_until(Tag::Table);
      reset_mode();
      return Next::Again;
    case Tag::Style:
    case Tag::Script:
    case Tag::Template:
      start_head_content();
      return Next::Done;
    case Tag::Input:
      return is_hidden_input() ? Next::Done : start_in_body();
    case Tag::Form:
      form_open_ = form_open_ || !open_.has(Tag::Template);
      return Next::Done;
    default:
      return start_in_body();
  }
}

ParseFeedback::Next ParseFeedback::end_in_table() {
  switch (current_.tag) {
    case Tag::Table:
      if (!open_.has_in_scope(Tag::Table, Scope::Table)) return Next::Done;
      open_.pop_until(Tag::Table);
      reset_mode();
      return Next::Done;
    case Tag::Body:
    case Tag::Caption:
    case Tag::Col:
    case Tag::Colgroup:
    case Tag::Html:
    case Tag::Tbody:
    case Tag::Td:
    case Tag::Tfoot:
    case Tag::Th:
    case Tag::Thead:
    case Tag::Tr:
      return Next::Done;
    default:
      return end_in_body();
  }
}

ParseFeedback::Next ParseFeedback::close_caption(Next next) {
  if (!open_.has_in_scope(Tag::Caption, Scope::Table)) return Next::Done;
  open_.close_implied();
  open_.pop_until(Tag::Caption);
  open_.clear_to_marker();
  mode_ = Mode::InTable;
  return next;
}

bool ParseFeedback::is_table_part() const {
  switch (current_.tag) {
    case Tag::Caption:
    case Tag::Col:
    case Tag::Colgroup:
    case Tag::Tbody:
    case Tag::Td:
    case Tag::Tfoot:
    case Tag::Th:
    case Tag::Thead:
    case Tag::Tr:
      return true;
    default:
      return false;
  }
}

ParseFeedback::Next ParseFeedback::start_in_caption() {
  return is_table_part() ? close_caption(Next::Again) : start_in_body();
}

ParseFeedback::Next ParseFeedback::end_in_caption() {
  if (current_.tag == Tag::Caption) return close_caption(Next::Done);
  if (current_.tag == Tag::Table) return close_caption(Next::Again);
  if (is_table_part() || current_.tag == Tag::Body || current_.tag == Tag::Html) return Next::Done;
  return end_in_body();
}

ParseFeedback::Next ParseFeedback::leave_column_group(Next next) {
  if (!open_.current().is_html(Tag::Colgroup)) return Next::Done;
  open_.pop();
  mode_ = Mode::InTable;
  return next;
}

ParseFeedback::Next ParseFeedback::start_in_column_group() {
  if (current_.tag == Tag::Html || current_.tag == Tag::Col) return Next::Done;
  if (current_.tag != Tag::Template) return leave_column_group(Next::Again);
  start_template();
  return Next::Done;
}

ParseFeedback::Next ParseFeedback::end_in_column_group() {
  if (current_.tag == Tag::Col) return Next::Done;
  if (current_.tag == Tag::Colgroup) return leave_column_group(Next::Done);
  if (current_.tag != Tag::Template) return leave_column_group(Next::Again);
  end_template();
  return Next::Done;
}

ParseFeedback::Next ParseFeedback::close_table_body(Next next) {
  const bool in_scope = open_.has_in_scope(Tag::Tbody, Scope::Table) ||
                        open_.has_in_scope(Tag::Thead, Scope::Table) ||
                        open_.has_in_scope(Tag::Tfoot, Scope::Table);
  if (!in_scope) return Next::Done;
  open_.clear_back_to({Tag::Tbody, Tag::Tfoot, Tag::Thead, Tag::Template, Tag::Html});
  open_.pop();
  mode_ = Mode::InTable;
  return next;
}

ParseFeedback::Next ParseFeedback::start_in_table_body() {
  const auto back_to_body = [&] {
    open_.clear_back_to({Tag::Tbody, Tag::Tfoot, Tag::Thead, Tag::Template, Tag::Html});
  };
  switch (current_.tag) {
    case Tag::Tr:
      back_to_body();
      return enter(Tag::Tr, current_.name, Mode::InRow, Next::Done);
    case Tag::Td:
    case Tag::Th:
      back_to_body();
      return enter(Tag::Tr, "tr", Mode::InRow, Next::Again);
    case Tag::Caption:
    case Tag::Col:
    case Tag::Colgroup:
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      return close_table_body(Next::Again);
    default:
      return start_in_table();
  }
}

ParseFeedback::Next ParseFeedback::end_in_table_body() {
  switch (current_.tag) {
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      return open_.has_in_scope(current_.tag, Scope::Table) ? close_table_body(Next::Done)
                                                            : Next::Done;
    case Tag::Table:
      return close_table_body(Next::Again);
    case Tag::Td:
    case Tag::Th:
    case Tag::Tr:
      return Next::Done;
    default:
      return end_in_table();
  }
}

ParseFeedback::Next ParseFeedback::close_row(Next next) {
  if (!open_.has_in_scope(Tag::Tr, Scope::Table)) return Next::Done;
  open_.clear_back_to({Tag::Tr, Tag::Template, Tag::Html});
  open_.pop();
  mode_ = Mode::InTableBody;
  return next;
}

ParseFeedback::Next ParseFeedback::start_in_row() {
  if (current_.tag == Tag::Td || current_.tag == Tag::Th) {
    open_.clear_back_to({Tag::Tr, Tag::Template, Tag::Html});
    const Next next = enter(current_.tag, current_.name, Mode::InCell, Next::Done);
    if (mode_ == Mode::InCell) open_.add_marker();
    return next;
  }
  return is_table_part() ? close_row(Next::Again) : start_in_table();
}

ParseFeedback::Next ParseFeedback::end_in_row() {
  switch (current_.tag) {
    case Tag::Tr:
      return close_row(Next::Done);
    case Tag::Table:
      return close_row(Next::Again);
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
      return open_.has_in_scope(current_.tag, Scope::Table) ? close_row(Next::Again) : Next::Done;
    case Tag::Td:
    case Tag::Th:
      return Next::Done;
    default:
      return end_in_table();
  }
}

void ParseFeedback::close_cell() {
  open_.close_implied();
  while (open_.size() > 1) {
    const bool last = open_.current().is_html(Tag::Td) || open_.current().is_html(Tag::Th);
    open_.pop();
    if (last) break;
  }
  open_.clear_to_marker();
  mode_ = Mode::InRow;
}

ParseFeedback::Next ParseFeedback::start_in_cell() {
  if (!is_table_part()) return start_in_body();
  const bool in_cell =
      open_.has_in_scope(Tag::Td, Scope::Table) || open_.has_in_scope(Tag::Th, Scope::Table);
  if (!in_cell) return Next::Done;
  close_cell();
  return Next::Again;
}

ParseFeedback::Next ParseFeedback::end_in_cell() {
  switch (current_.tag) {
    case Tag::Td:
    case Tag::Th:
      if (!open_.has_in_scope(current_.tag, Scope::Table)) return Next::Done;
      open_.close_implied();
      open_.pop_until(current_.tag);
      open_.clear_to_marker();
      mode_ = Mode::InRow;
      return Next::Done;
    case Tag::Body:
    case Tag::Caption:
    case Tag::Col:
    case Tag::Colgroup:
    case Tag::Html:
      return Next::Done;
    case Tag::Table:
    case Tag::Tbody:
    case Tag::Tfoot:
    case Tag::Thead:
    case Tag::Tr:
      if (!open_.has_in_scope(current_.tag, Scope::Table)) return Next::Done;
      close_cell();
      return Next::Again;
    default:
      return end_in_body();
  }
}

}  // namespace candor::html
