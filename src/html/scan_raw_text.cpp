// Where the text of title, style, script and their like ends (WHATWG 13.2.5.9 to 13.2.5.31).
#include "base/ascii.h"
#include "html/byte_class.h"
#include "html/scanner.h"

namespace candor::html {
namespace {
constexpr std::string_view kScript = "script";
}  // namespace

bool Scanner::starts_with(std::size_t at, std::string_view text) const {
  return at <= bytes_.size() && bytes_.substr(at).starts_with(text);
}

bool Scanner::word_at(std::size_t at, std::string_view word) const {
  const std::size_t end = at + word.size();
  return end < bytes_.size() && byte_class::is(bytes_[end], byte_class::kEndsName) &&
         ascii::equals_ignoring_case(bytes_.substr(at, word.size()), word);
}

bool Scanner::is_appropriate_end_tag(std::size_t at) const {
  return !last_start_tag_.empty() && starts_with(at, "</") && word_at(at + 2, last_start_tag_);
}

std::size_t Scanner::find_end_tag(std::size_t from) const {
  std::size_t open = find('<', from);
  while (open < bytes_.size() && !is_appropriate_end_tag(open)) open = find('<', open + 1);
  return open;
}

std::size_t Scanner::find_script_end_tag(std::size_t from) const {
  std::size_t at = find('<', from);
  while (at < bytes_.size()) {
    if (is_appropriate_end_tag(at)) return at;
    if (starts_with(at, "<!--")) {
      bool left = false;
      at = skip_escaped_script(at + 4, left);
      if (!left) return at;
      at = find('<', at);
    } else {
      at = find('<', at + 1);
    }
  }
  return bytes_.size();
}

/// Script data (double) escaped states, from behind "<!--". `left`: they ended in "-->", and script
/// data goes on at the result; else the result is the script's end tag or the page's end.
std::size_t Scanner::skip_escaped_script(std::size_t at, bool& left) const {
  std::size_t dashes = 2;  // those of "<!--" count: "<!-->" leaves at once
  bool doubly = false;
  while (at < bytes_.size()) {
    const char c = bytes_[at];
    if (c == '-') {
      ++dashes;
      ++at;
      continue;
    }
    if (c == '>' && dashes >= 2) {
      left = true;
      return at + 1;
    }
    dashes = 0;
    if (c != '<') {
      ++at;
    } else if (!doubly) {
      if (is_appropriate_end_tag(at)) return at;
      doubly = word_at(at + 1, kScript);
      at += doubly ? 1 + kScript.size() + 1 : 1;
    } else {
      const bool ends = starts_with(at, "</") && word_at(at + 2, kScript);
      doubly = !ends;
      at += ends ? 2 + kScript.size() + 1 : 1;
    }
  }
  return at;
}

}  // namespace candor::html
