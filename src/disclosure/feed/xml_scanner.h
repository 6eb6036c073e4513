#pragma once
// The tags, texts and CDATA sections of an XML document in order, by their bytes. Entities are not
// resolved and nesting is not checked: what reads feeds asks for no more.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/byte_range.h"

namespace candor::disclosure {

enum class XmlPart : std::uint8_t { StartTag, EndTag, Text, CData, Other };

struct XmlToken {
  XmlPart part = XmlPart::Text;
  ByteRange range;
  ByteRange inside;  ///< of tags the name, of CDATA its text, else `range`
  bool empty_element = false;
};

class XmlScanner {
 public:
  explicit XmlScanner(std::string_view bytes) : bytes_(bytes) {}

  /// Nothing at the end, and where the document is malformed.
  std::optional<XmlToken> next();
  bool malformed() const { return malformed_; }

 private:
  std::optional<XmlToken> scan_markup();
  std::optional<XmlToken> scan_tag();
  std::optional<XmlToken> scan_until(std::string_view end, XmlPart part, std::size_t opening);
  std::optional<XmlToken> scan_declaration();
  std::optional<XmlToken> fail();

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool malformed_ = false;
};

/// "content:encoded" -> "encoded"
std::string_view local_name(std::string_view name);

/// "content:encoded" -> "content"; empty without one
std::string_view prefix_of(std::string_view name);

/// Names and values of a start tag's attributes in order, references in values decoded.
std::vector<std::pair<std::string, std::string>> xml_attributes(std::string_view tag);

/// An attribute of a start tag as written, references decoded; nothing when it is missing.
std::optional<std::string> xml_attribute(std::string_view tag, std::string_view name);

/// The text of a character reference ("&lt;", "&#228;") at the start of `text` and its length;
/// nothing for entities that XML itself does not define.
struct XmlReference {
  std::string text;
  std::size_t length = 0;
};
std::optional<XmlReference> read_xml_reference(std::string_view text);

}  // namespace candor::disclosure
