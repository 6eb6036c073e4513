#include "disclosure/feed/feed_parts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "disclosure/feed/feed_xhtml.h"
#include "disclosure/feed/xml_namespaces.h"
#include "disclosure/feed/xml_scanner.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kPartLimit = std::size_t{8} << 20;

/// In which form an element holds HTML.
enum class Form : std::uint8_t {
  None,
  Escaped,
  Xhtml,    ///< inside of it
  Root,     ///< XHTML's own body or div
  Unknown,  ///< that cannot be told
};

/// Names that RSS and Atom themselves have a meaning for, not a module's.
bool is_of_feed(std::string_view name, const XmlNamespaces& namespaces) {
  if (prefix_of(name).empty()) return true;
  const auto space = namespaces.of(name);
  return space == kAtomNamespace || space == "http://purl.org/rss/1.0/" ||
         space == "http://my.netscape.com/rdf/simple/0.9/" ||
         space == "http://backend.userland.com/rss2";
}

Form form_of_atom(std::string_view tag) {
  if (xml_attribute(tag, "src")) return Form::None;
  const std::string type = ascii::to_lower(xml_attribute(tag, "type").value_or("text"));
  if (type == "html" || type == "text/html") return Form::Escaped;
  return type == "xhtml" || type == "application/xhtml+xml" ? Form::Xhtml : Form::None;
}

/// Under a prefix that nobody declared a name may mean anything, or what it says.
Form form_of(std::string_view name, std::string_view tag, const XmlNamespaces& namespaces) {
  const std::string_view local = local_name(name);
  const auto space = namespaces.of(name);
  if (local == "encoded") return Form::Escaped;
  if (space == kXhtmlNamespace) return local == "body" || local == "div" ? Form::Root : Form::None;
  Form form = Form::None;
  if (local == "description") form = Form::Escaped;
  if (local == "content" || local == "summary") form = form_of_atom(tag);
  if (form != Form::None && !space) return Form::Unknown;
  return is_of_feed(name, namespaces) ? form : Form::None;
}

void add_run(FeedPart& part, FeedRun::Kind kind, std::string_view html, ByteRange source) {
  if (html.empty()) return;
  part.runs.push_back({kind, part.html.size(), source});
  part.html += html;
}

/// A text's references decoded; false at one that only a document type could explain.
bool add_text(FeedPart& part, std::string_view feed, ByteRange range) {
  while (!range.empty()) {
    const std::string_view rest = range.of(feed);
    const std::size_t plain = std::min(rest.size(), rest.find('&'));
    add_run(part, FeedRun::Kind::Literal, rest.substr(0, plain),
            {range.begin, range.begin + plain});
    range.begin += plain;
    if (range.empty()) break;
    const auto reference = read_xml_reference(range.of(feed));
    if (!reference) return false;
    add_run(part, FeedRun::Kind::Reference, reference->text,
            {range.begin, range.begin + reference->length});
    range.begin += reference->length;
  }
  return true;
}

class FeedReader {
 public:
  explicit FeedReader(std::string_view feed) : feed_(feed), scanner_(feed) {}

  FeedParts read() {
    while (const auto token = next()) {
      if (token->part == XmlPart::StartTag && !token->empty_element) open(*token);
      if (token->part == XmlPart::StartTag && token->empty_element) read_link(*token);
      if (token->part == XmlPart::EndTag) close(*token);
    }
    if (!scanner_.malformed() && !torn_) return std::move(read_);
    read_.parts.clear();
    read_.unread = {namespaces_.overflown()
                        ? "the feed declares too many namespaces to follow"
                        : "the feed is not well-formed XML, or declares its own entities"};
    return std::move(read_);
  }

 private:
  /// The namespaces of an element are in force up to the token behind its end tag.
  std::optional<XmlToken> next() {
    if (std::exchange(ends_element_, false)) namespaces_.close();
    torn_ = torn_ || namespaces_.overflown();
    if (torn_) return std::nullopt;
    const auto token = scanner_.next();
    if (token && token->part == XmlPart::StartTag) namespaces_.open(token->range.of(feed_));
    ends_element_ = token && (token->part == XmlPart::EndTag || token->empty_element);
    return token;
  }

  std::string_view name_of(const XmlToken& token) const { return token.inside.of(feed_); }

  static bool is_item(std::string_view name) {
    return local_name(name) == "item" || local_name(name) == "entry";
  }

  void open(const XmlToken& token) {
    const std::string_view name = name_of(token);
    const std::string_view tag = token.range.of(feed_);
    if (is_item(name)) {
      in_item_ = true;
      first_ = read_.parts.size();
      title_.clear();
      link_.clear();
      item_language_ = xml_attribute(tag, "xml:lang").value_or("");
      return;
    }
    if (!in_item_ && (name == "rss" || local_name(name) == "feed" || local_name(name) == "RDF"))
      language_ = xml_attribute(tag, "xml:lang").value_or(language_);
    read_link(token);
    const Form form = in_item_ ? form_of(name, tag, namespaces_) : Form::None;
    if (form == Form::Unknown) skip(token);
    if (form == Form::Escaped) return read_escaped(token);
    if (form == Form::Xhtml || form == Form::Root) return read_xhtml(token, form);
    if (!in_item_ && local_name(name) == "language") language_ = simple_text(token);
    if (!in_item_ || !is_of_feed(name, namespaces_)) return;
    if (local_name(name) == "title") title_ = simple_text(token);
    if (local_name(name) == "link" && !xml_attribute(tag, "href")) link_ = simple_text(token);
  }

  void close(const XmlToken& token) {
    if (!is_item(name_of(token))) return;
    in_item_ = false;
    for (std::size_t i = first_; i < read_.parts.size(); ++i) {
      read_.parts[i].item_title = title_;
      read_.parts[i].item_link = link_;
      std::string& language = read_.parts[i].language;
      if (language.empty()) language = item_language_.empty() ? language_ : item_language_;
    }
  }

  /// Atom's <link href="...">, the article's own.
  void read_link(const XmlToken& token) {
    if (!in_item_ || local_name(name_of(token)) != "link") return;
    const std::string_view tag = token.range.of(feed_);
    const auto href = xml_attribute(tag, "href");
    if (href && xml_attribute(tag, "rel").value_or("alternate") == "alternate") link_ = *href;
  }

  /// Text up to the end tag; empty when the element holds others.
  std::string simple_text(const XmlToken& start) {
    FeedPart part;
    while (const auto token = next()) {
      if (token->part == XmlPart::Text) {
        if (!add_text(part, feed_, token->range)) return {};
      } else if (token->part == XmlPart::CData) {
        part.html += token->inside.of(feed_);
      } else {
        if (token->part == XmlPart::EndTag && name_of(*token) == name_of(start))
          return std::string(ascii::trim(part.html));
        return {};
      }
    }
    return {};
  }

  /// Whether the token ends the element; `depth` are those of its name that stand open in it.
  bool ends(const XmlToken& start, const XmlToken& token, int& depth) const {
    const bool is_tag = token.part == XmlPart::StartTag || token.part == XmlPart::EndTag;
    if (!is_tag || name_of(token) != name_of(start)) return false;
    if (token.part == XmlPart::EndTag) return depth-- == 0;
    if (!token.empty_element) ++depth;
    return false;
  }

  std::string language_of(const XmlToken& start) const {
    return xml_attribute(start.range.of(feed_), "xml:lang").value_or("");
  }

  void read_escaped(const XmlToken& start) {
    FeedPart part;
    part.language = language_of(start);
    bool sound = true;
    int depth = 0;
    while (const auto token = next()) {
      if (ends(start, *token, depth)) {
        if (sound) return keep(start, std::move(part));
        return skip(start);
      }
      if (token->part == XmlPart::Text)
        sound = add_text(part, feed_, token->range) && sound;
      else if (token->part == XmlPart::CData)
        add_run(part, FeedRun::Kind::Raw, token->inside.of(feed_), token->inside);
      else
        sound = false;
    }
    torn_ = true;
  }

  void read_xhtml(const XmlToken& start, Form form) {
    FeedXhtml xhtml(feed_, namespaces_);
    if (form == Form::Root) xhtml.add(start, namespaces_);
    std::string language = language_of(start);
    bool is_first = form == Form::Xhtml;
    int depth = 0;
    while (const auto token = next()) {
      const bool last = ends(start, *token, depth);
      if (!last || form == Form::Root) xhtml.add(*token, namespaces_);
      if (last) {
        auto part = xhtml.take();
        if (!part) return skip(start);
        part->language = std::move(language);
        return keep(start, std::move(*part));
      }
      if (token->part != XmlPart::StartTag || !std::exchange(is_first, false)) continue;
      if (std::string own = language_of(*token); !own.empty()) language = std::move(own);
    }
    torn_ = true;
  }

  void keep(const XmlToken& start, FeedPart part) {
    if (part.html.size() > kPartLimit) return skip(start);
    if (!part.html.empty()) read_.parts.push_back(std::move(part));
  }

  void skip(const XmlToken& start) {
    constexpr std::size_t kReasons = 20;
    if (read_.unread.size() < kReasons)
      read_.unread.push_back("the " + std::string(name_of(start)) +
                             " of an item holds markup or entities that no feed reader knows");
  }

  std::string_view feed_;
  XmlScanner scanner_;
  XmlNamespaces namespaces_;
  bool ends_element_ = false;
  bool torn_ = false;  ///< ends within an item's HTML
  FeedParts read_;
  bool in_item_ = false;
  std::size_t first_ = 0;  ///< part of the item
  std::string title_;
  std::string link_;
  std::string language_;
  std::string item_language_;
};

}  // namespace

bool is_feed(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  constexpr std::size_t kRootWithin = 4096;
  XmlScanner scanner(bytes.substr(0, kRootWithin));
  while (const auto token = scanner.next()) {
    if (token->part == XmlPart::Text && !ascii::trim(token->range.of(bytes)).empty()) return false;
    if (token->part != XmlPart::StartTag) continue;
    const std::string_view name = token->inside.of(bytes);
    const std::string_view tag = token->range.of(bytes);
    // RSS may be declared below the root.
    if (local_name(name) == "RDF")
      return bytes.substr(0, kRootWithin).find("purl.org/rss/") != std::string_view::npos ||
             tag.find("my.netscape.com/rdf/") != std::string_view::npos;
    if (local_name(name) == "feed") return tag.find("w3.org/2005/Atom") != std::string_view::npos;
    return name == "rss";
  }
  return false;
}

FeedParts feed_parts(std::string_view feed) { return FeedReader(feed).read(); }

}  // namespace candor::disclosure
