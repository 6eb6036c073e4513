#pragma once
// What tokens say, as a browser understands them: references decoded, line ends made one, names in
// lower case. For pages in UTF-8; in other encodings decode the bytes first (encoding.h).
#include <optional>
#include <string>
#include <string_view>

#include "html/token.h"

namespace candor::html {

/// Of a tag; NUL becomes U+FFFD.
std::string name_text(const Page& page, const Token& tag);
std::string name_text(const Page& page, const Attribute& attribute);
std::string value_text(const Page& page, const Attribute& attribute);
/// The characters of a Text or Cdata token.
std::string character_text(const Page& page, const Token& token);
std::string comment_text(const Page& page, const Token& comment);

struct Doctype {
  std::optional<std::string> name;  ///< lower case
  std::optional<std::string> public_id;
  std::optional<std::string> system_id;
  bool force_quirks = false;
};
Doctype parse_doctype(const Page& page, const Token& doctype);

}  // namespace candor::html
