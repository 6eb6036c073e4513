// Tokens tile any page, every range lies in its token, and zero edits return the page.
#include "fuzz/fuzz_target.h"
#include "html/edit.h"
#include "html/token_text.h"
#include "html/tokenizer.h"

namespace candor::fuzz {
namespace {

using html::TokenKind;

/// Texts of tokens are asked for only to see that asking is safe.
void read_texts(const html::Page& page, const html::Token& token) {
  if (token.kind == TokenKind::StartTag || token.kind == TokenKind::EndTag)
    html::name_text(page, token);
  if (token.kind == TokenKind::Text || token.kind == TokenKind::Cdata)
    html::character_text(page, token);
  if (token.kind == TokenKind::Comment) html::comment_text(page, token);
  if (token.kind == TokenKind::Doctype) html::parse_doctype(page, token);
}

void check_attributes(const html::Page& page, const html::Token& tag) {
  std::size_t at = tag.name.end;
  for (const html::Attribute& each : page.attributes_of(tag)) {
    must_hold(each.name.begin >= at && each.name.end <= each.value.begin &&
                  each.value.begin <= each.value.end,
              "attributes follow each other");
    at = each.value.end;
    html::name_text(page, each);
    html::value_text(page, each);
  }
  must_hold(at <= tag.range.end, "attributes lie in their tag");
}

/// An edit that is not refused can be read back.
void check_edit(const html::Page& page, const html::Token& tag) {
  html::EditList edits(page);
  edits.set_attribute(tag, "rel", "sponsored \"&<>'");
  const auto edited = edits.apply();
  if (!edited) return;
  const html::Page after = html::tokenize(*edited);
  for (const html::Token& token : after.tokens) {
    if (token.range.begin != tag.range.begin) continue;
    const html::Attribute* rel = after.find_attribute(token, "rel");
    must_hold(rel && html::value_text(after, *rel) == "sponsored \"&<>'", "an edit reads back");
    return;
  }
  must_hold(false, "an edited tag stays where it was");
}

}  // namespace

void try_input(std::string_view bytes) {
  const html::Page page = html::tokenize(bytes);
  std::size_t at = 0;
  const html::Token* first_tag = nullptr;
  for (const html::Token& token : page.tokens) {
    must_hold(token.range.begin == at && token.range.end > at, "tokens tile the page");
    must_hold(token.name.begin <= token.name.end && token.name.end <= token.range.end,
              "names lie in their token");
    at = token.range.end;
    read_texts(page, token);
    if (token.kind != TokenKind::StartTag) continue;
    check_attributes(page, token);
    if (!first_tag) first_tag = &token;
  }
  must_hold(at == bytes.size(), "tokens tile the page to its end");
  must_hold(page.certain_until <= bytes.size(), "certainty ends in the page");
  must_hold(html::EditList(page).apply() == std::string(bytes), "zero edits return the page");
  if (first_tag) check_edit(page, *first_tag);
}

}  // namespace candor::fuzz
