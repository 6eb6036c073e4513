#include "html/edit.h"

#include <algorithm>
#include <expected>

#include "base/ascii.h"
#include "html/character_reference.h"
#include "html/edit_verification.h"
#include "html/token_text.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

using Intent = EditList::Intent;

bool is_border(const Page& page, std::size_t offset) {
  if (offset == page.bytes.size()) return true;
  const auto token = std::ranges::lower_bound(page.tokens, offset, {},
                                              [](const Token& each) { return each.range.begin; });
  return token != page.tokens.end() && token->range.begin == offset;
}

bool is_sound_markup(std::string_view markup) {
  if (markup.empty()) return true;
  const bool opens = markup.front() == '<' || ascii::is_space(markup.front());
  const bool closes = markup.back() == '>' || ascii::is_space(markup.back());
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != '\0'; };
  return opens && closes && std::ranges::all_of(markup, is_ascii);
}

/// Insertions at one place keep the order they were made in.
bool overlap(const Intent& first, const Intent& second) {
  const ByteRange& a = first.edit.range;
  const ByteRange& b = second.edit.range;
  if (!first.markup && !second.markup && first.tag == second.tag && first.name == second.name)
    return true;
  return b.begin < a.end;
}

bool set_twice(const std::vector<Intent>& edits, std::size_t index) {
  // Attributes of one tag lie next to each other in page order.
  for (std::size_t other = index; other-- > 0;) {
    if (edits[other].markup) continue;
    if (edits[other].tag != edits[index].tag) return false;
    if (edits[other].name == edits[index].name) return true;
  }
  return false;
}

std::expected<void, EditError> check(const Page& page, const std::vector<Intent>& edits) {
  for (std::size_t index = 0; index < edits.size(); ++index) {
    const Intent& each = edits[index];
    const ByteRange& range = each.edit.range;
    if (range.end > page.bytes.size() || range.begin > range.end)
      return std::unexpected(EditError::OutOfPage);
    // The end of a page that is certain throughout is a border like others.
    const bool certain =
        range.begin < page.certain_until || page.certain_until == page.bytes.size();
    if (!certain || (each.markup && !is_border(page, range.begin)))
      return std::unexpected(EditError::OutOfPage);
    if (each.markup && !is_sound_markup(each.edit.text))
      return std::unexpected(EditError::BadMarkup);
    if (index > 0 && overlap(edits[index - 1], each)) return std::unexpected(EditError::Overlap);
    if (!each.markup && set_twice(edits, index)) return std::unexpected(EditError::Overlap);
  }
  return {};
}

std::string splice(std::string_view bytes, const std::vector<Intent>& edits) {
  std::size_t size = bytes.size();
  for (const Intent& each : edits) size += each.edit.text.size();
  std::string out;
  out.reserve(size);
  std::size_t at = 0;
  for (const Intent& each : edits) {
    out += bytes.substr(at, each.edit.range.begin - at);
    out += each.edit.text;
    at = each.edit.range.end;
  }
  out += bytes.substr(at);
  return out;
}

}  // namespace

std::string_view message_of(EditError error) {
  switch (error) {
    case EditError::Overlap:
      return "two edits touch the same bytes";
    case EditError::OutOfPage:
      return "an edit lies outside the part of the page that may be edited";
    case EditError::BadMarkup:
      return "markup to insert is not ASCII or does not begin and end at a tag or white space";
    case EditError::Changed:
      return "the edited page does not read as the original plus the edits";
  }
  return "unknown";
}

void EditList::insert_markup(std::size_t offset, std::string markup) {
  Intent intent;
  intent.edit = {{offset, offset}, std::move(markup)};
  intent.markup = true;
  edits_.push_back(std::move(intent));
}

void EditList::set_attribute(const Token& tag, std::string_view lower_case_name,
                             std::string_view value) {
  Intent intent;
  intent.tag = tag.range.begin;
  intent.name = lower_case_name;
  intent.escaped = escape_ascii(value);
  const Attribute* attribute = page_.find_attribute(tag, lower_case_name);
  if (attribute == nullptr) {
    intent.edit = {{tag.name.end, tag.name.end}, " " + intent.name + "=\"" + intent.escaped + "\""};
  } else if (attribute->quote == Quote::NoValue) {
    if (value.empty()) return;
    intent.edit = {{attribute->name.end, attribute->name.end}, "=\"" + intent.escaped + "\""};
  } else if (value_text(page_, *attribute) == value) {
    return;
  } else if (attribute->quote == Quote::Unquoted) {
    intent.edit = {attribute->value, "\"" + intent.escaped + "\""};
  } else {
    intent.edit = {attribute->value, intent.escaped};
  }
  edits_.push_back(std::move(intent));
}

Result<std::string, EditError> EditList::apply() const {
  if (edits_.empty()) return std::string(page_.bytes);
  const auto place = [](const Intent& each) { return each.edit.range.begin; };
  std::vector<Intent> sorted;
  if (!std::ranges::is_sorted(edits_, {}, place)) {
    sorted = edits_;
    std::ranges::stable_sort(sorted, {}, place);
  }
  const std::vector<Intent>& edits = sorted.empty() ? edits_ : sorted;
  if (const auto sound = check(page_, edits); !sound) return std::unexpected(sound.error());
  std::string out = splice(page_.bytes, edits);
  const Page after = tokenize(out, page_.limits);
  if (!reads_as_edited(page_, after, edits)) return std::unexpected(EditError::Changed);
  return out;
}

}  // namespace candor::html
