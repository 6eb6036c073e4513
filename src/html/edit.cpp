#include "html/edit.h"

#include <algorithm>
#include <expected>

#include "base/ascii.h"
#include "html/character_reference.h"
#include "html/edit_resync.h"
#include "html/edit_verification.h"
#include "html/token_text.h"
#include "html/tokenizer.h"

namespace candor::html {
namespace {

using Intent = EditList::Intent;
using Ordered = EditList::Ordered;

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

bool set_twice(const Ordered& edits, std::size_t index) {
  // Attributes of one tag lie next to each other in page order.
  for (std::size_t other = index; other-- > 0;) {
    if (edits[other]->markup) continue;
    if (edits[other]->tag != edits[index]->tag) return false;
    if (edits[other]->name == edits[index]->name) return true;
  }
  return false;
}

std::expected<void, EditError> check(const Page& page, const Ordered& edits) {
  for (std::size_t index = 0; index < edits.size(); ++index) {
    const Intent& each = *edits[index];
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
    if (index > 0 && overlap(*edits[index - 1], each)) return std::unexpected(EditError::Overlap);
    if (!each.markup && set_twice(edits, index)) return std::unexpected(EditError::Overlap);
  }
  return {};
}

bool has_value(const Page& page, const Attribute& attribute, std::string_view value) {
  const std::string_view raw = attribute.value.of(page.bytes);
  const bool plain = raw.find_first_of(std::string_view("&\r\0", 3)) == std::string_view::npos;
  return plain ? raw == value : value_text(page, attribute) == value;
}

std::string splice(std::string_view bytes, const Ordered& edits) {
  std::size_t size = bytes.size();
  for (const Intent* each : edits) size += each->edit.text.size();
  std::string out;
  out.reserve(size);
  std::size_t at = 0;
  for (const Intent* each : edits) {
    out += bytes.substr(at, each->edit.range.begin - at);
    out += each->edit.text;
    at = each->edit.range.end;
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
  const Attribute* attribute = page_.find_attribute(tag, lower_case_name);
  if (attribute != nullptr) {
    const bool same =
        attribute->quote == Quote::NoValue ? value.empty() : has_value(page_, *attribute, value);
    if (same) return;
  }
  Intent& intent = edits_.emplace_back();
  intent.tag = tag.range.begin;
  intent.name = lower_case_name;
  std::string& text = intent.edit.text;
  const std::string escaped = escape_ascii(value);
  const bool quoted = attribute != nullptr &&
                      (attribute->quote == Quote::Single || attribute->quote == Quote::Double);
  if (attribute == nullptr) {
    intent.edit.range = {tag.name.end, tag.name.end};
    text.append(" ").append(intent.name).append("=");
  } else if (attribute->quote == Quote::NoValue) {
    intent.edit.range = {attribute->name.end, attribute->name.end};
    text.append("=");
  } else {
    intent.edit.range = attribute->value;
  }
  if (!quoted) text += '"';
  intent.value_begin = static_cast<std::uint32_t>(text.size());
  intent.value_size = static_cast<std::uint32_t>(escaped.size());
  text += escaped;
  if (!quoted) text += '"';
}

EditList::Ordered EditList::ordered() const {
  Ordered edits;
  edits.reserve(edits_.size());
  for (const Intent& each : edits_) edits.push_back(&each);
  std::ranges::stable_sort(edits, {}, [](const Intent* each) { return each->edit.range.begin; });
  return edits;
}

bool EditList::reads_back(std::string_view output) const {
  return reads_as_edited(page_, tokenize(output, page_.limits), ordered());
}

Result<std::string, EditError> EditList::apply() const {
  if (edits_.empty()) return std::string(page_.bytes);
  const Ordered edits = ordered();
  if (const auto sound = check(page_, edits); !sound) return std::unexpected(sound.error());
  std::string out = splice(page_.bytes, edits);
  if (resynchronises(page_, out, edits)) return out;
  if (!reads_as_edited(page_, tokenize(out, page_.limits), edits))
    return std::unexpected(EditError::Changed);
  return out;
}

std::vector<Edit> EditList::sorted_edits() const {
  std::vector<Edit> edits;
  edits.reserve(edits_.size());
  for (const Intent* each : ordered()) edits.push_back(each->edit);
  return edits;
}

}  // namespace candor::html
