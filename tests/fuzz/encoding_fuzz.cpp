// Whatever encoding bytes are in or claim to be in, the text they give is UTF-8, and an escaped
// text means itself.
#include "fuzz/fuzz_target.h"
#include "html/character_reference.h"
#include "html/encoding.h"
#include "html/utf8.h"

namespace candor::fuzz {
namespace {

bool holds_c1(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t point = html::utf8::decode(text, at);
    if (point >= 0x80 && point <= 0x9F) return true;
  }
  return false;
}

}  // namespace

void try_input(std::string_view bytes) {
  // The first line stands for the charset of the HTTP header.
  const std::size_t line = bytes.find('\n');
  const std::string_view charset = line < 32 ? bytes.substr(0, line) : std::string_view();
  const std::string_view page = line < 32 ? bytes.substr(line + 1) : bytes;
  const html::Encoding encoding = html::sniff_encoding(page, charset);
  must_hold(!encoding.name.empty(), "every page has an encoding");
  const std::string text = html::to_utf8(page, encoding);
  must_hold(html::utf8::is_valid(text), "decoded text is UTF-8");

  const std::string escaped = html::escape_ascii(page);
  for (const char c : escaped)
    must_hold(static_cast<unsigned char>(c) < 0x80 && c != '<' && c != '"',
              "an escaped text is plain ASCII");
  html::decode_references(page, html::ReferenceContext::Text);
  html::decode_references(page, html::ReferenceContext::Attribute);
  // NUL and C1 controls have no reference of their own.
  const bool has_control = page.find('\0') != std::string_view::npos || holds_c1(text);
  if (has_control || text != page) return;
  must_hold(html::decode_references(escaped, html::ReferenceContext::Attribute) == text,
            "an escaped text means itself");
}

}  // namespace candor::fuzz
