#pragma once
// Elements of a feed as the HTML that a reader's browser makes of them: without prefixes, and in
// Atom with the div that holds all as the body it stands for (RFC 4287, section 3.1.1.3).
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/feed/feed_parts.h"
#include "disclosure/feed/xml_namespaces.h"
#include "disclosure/feed/xml_scanner.h"

namespace candor::disclosure {

class FeedXhtml {
 public:
  /// `outside` are the namespaces in force around the HTML.
  FeedXhtml(std::string_view feed, const XmlNamespaces& outside)
      : feed_(feed), inherited_(outside.of("").value_or("")) {}

  /// The tokens of the HTML in order, each with the namespaces in force there.
  void add(const XmlToken& token, const XmlNamespaces& namespaces);

  /// Nothing when it holds links, or asks for markup of ours, where a name is none of HTML's.
  std::optional<FeedPart> take();

 private:
  enum class Kind : std::uint8_t { Html, Drawing, Other };
  struct Piece {
    XmlToken token;
    Kind kind = Kind::Html;
  };
  Kind kind_of(std::string_view name, const XmlNamespaces& namespaces) const;
  void check(const XmlToken& token, const XmlNamespaces& namespaces, Kind kind);
  void see_outermost(const XmlToken& token, Kind kind);
  bool is_root(const XmlToken& token) const;
  void write(const Piece& piece);
  void write_tag(const Piece& piece);
  void append(FeedRun::Kind kind, std::string_view html, ByteRange source);

  std::string_view feed_;
  std::string inherited_;  ///< the default namespace around the HTML
  std::vector<Piece> pieces_;
  std::size_t depth_ = 0;
  std::vector<ByteRange> outermost_;  ///< start and end tags of the outermost, but for ours
  bool root_can_be_ = true;
  bool sound_ = true;
  FeedPart part_;
};

}  // namespace candor::disclosure
