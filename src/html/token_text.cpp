#include "html/token_text.h"

#include "base/ascii.h"
#include "html/byte_class.h"
#include "html/character_reference.h"
#include "html/utf8.h"

namespace candor::html {
namespace {

enum class Nul : std::uint8_t { Kept, Replaced };

/// "Preprocessing the input stream": CR LF and CR are one LF each.
std::string normalised(std::string_view raw, Nul nul) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (raw[at] == '\r') {
      out += '\n';
      if (at + 1 < raw.size() && raw[at + 1] == '\n') ++at;
    } else if (raw[at] == '\0' && nul == Nul::Replaced) {
      utf8::append(out, utf8::kReplacement);
    } else {
      out += raw[at];
    }
  }
  return out;
}

std::string lower_text(std::string_view raw) {
  return ascii::to_lower(normalised(raw, Nul::Replaced));
}

/// Reads the words of a doctype behind "<!doctype" (WHATWG 13.2.5.53 to 13.2.5.68).
class DoctypeReader {
 public:
  DoctypeReader(std::string_view text, bool closed) : text_(text), closed_(closed) {}

  Doctype read() {
    skip_space();
    if (at_ == text_.size()) return quirky();
    const std::size_t end = byte_class::find(text_, at_, byte_class::kSpace);
    doctype_.name = lower_text(text_.substr(at_, end - at_));
    at_ = end;
    doctype_.force_quirks = !closed_;
    skip_space();
    if (at_ == text_.size()) return doctype_;
    const std::string_view keyword = text_.substr(at_, 6);
    at_ += keyword.size();
    if (ascii::equals_ignoring_case(keyword, "public")) return read_public();
    if (ascii::equals_ignoring_case(keyword, "system")) return read_system(true);
    return quirky();
  }

 private:
  Doctype read_public() {
    if (!read_quoted(doctype_.public_id)) return quirky();
    return read_system(false);
  }

  Doctype read_system(bool required) {
    skip_space();
    if (at_ == text_.size() && !required) return doctype_;
    if (!read_quoted(doctype_.system_id)) return quirky();
    // Anything behind the system identifier is an error that does not mean quirks.
    skip_space();
    if (at_ < text_.size()) doctype_.force_quirks = false;
    return doctype_;
  }

  /// False when there is no identifier or it does not end: quirks.
  bool read_quoted(std::optional<std::string>& into) {
    skip_space();
    if (at_ == text_.size()) return false;
    const char quote = text_[at_];
    if (quote != '"' && quote != '\'') return false;
    const std::size_t end = text_.find(quote, at_ + 1);
    into = normalised(text_.substr(at_ + 1, end - at_ - 1), Nul::Replaced);
    at_ = end == std::string_view::npos ? text_.size() : end + 1;
    return end != std::string_view::npos;
  }

  void skip_space() { at_ = byte_class::skip_space(text_, at_); }

  Doctype quirky() {
    doctype_.force_quirks = true;
    return doctype_;
  }

  std::string_view text_;
  bool closed_;
  std::size_t at_ = 0;
  Doctype doctype_;
};

}  // namespace

std::string name_text(const Page& page, const Token& tag) { return lower_text(page.name_of(tag)); }

std::string name_text(const Page& page, const Attribute& attribute) {
  return lower_text(attribute.name.of(page.bytes));
}

std::string value_text(const Page& page, const Attribute& attribute) {
  return decode_references(normalised(attribute.value.of(page.bytes), Nul::Replaced),
                           ReferenceContext::Attribute);
}

std::string character_text(const Page& page, const Token& token) {
  std::string_view raw = token.range.of(page.bytes);
  if (token.kind == TokenKind::Cdata) {
    constexpr std::string_view kOpen = "<![CDATA[";
    raw.remove_prefix(kOpen.size());
    if (raw.ends_with("]]>")) raw.remove_suffix(3);
    return normalised(raw, Nul::Kept);
  }
  const std::string text =
      normalised(raw, token.mode == TextMode::Data ? Nul::Kept : Nul::Replaced);
  const bool has_references = token.mode == TextMode::Data || token.mode == TextMode::Rcdata;
  return has_references ? decode_references(text, ReferenceContext::Text) : text;
}

std::string comment_text(const Page& page, const Token& comment) {
  std::string_view raw = comment.range.of(page.bytes);
  if (raw.starts_with("<!--")) {
    raw.remove_prefix(4);
    const std::string_view before = raw.substr(0, raw.size() - (raw.empty() ? 0 : 1));
    const bool ends =
        before.empty() || before == "-" || before.ends_with("--") || before.ends_with("--!");
    if (raw.ends_with('>') && ends) raw = before;
    // "<!-->" and "<!--->" have no text; at the page's end a started delimiter is dropped too.
    for (const std::string_view delimiter : {"--!", "--", "-"}) {
      if (!raw.ends_with(delimiter)) continue;
      raw.remove_suffix(delimiter.size());
      break;
    }
    return normalised(raw, Nul::Replaced);
  }
  const bool closed = raw.ends_with('>');
  raw.remove_prefix(raw.starts_with("<?") ? 1 : 2);
  if (closed) raw.remove_suffix(1);
  return normalised(raw, Nul::Replaced);
}

Doctype parse_doctype(const Page& page, const Token& doctype) {
  constexpr std::string_view kOpen = "<!doctype";
  std::string_view raw = doctype.range.of(page.bytes);
  const bool closed = raw.ends_with('>');
  raw.remove_prefix(kOpen.size());
  if (closed) raw.remove_suffix(1);
  return DoctypeReader(raw, closed).read();
}

}  // namespace candor::html
