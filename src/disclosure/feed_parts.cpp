#include "disclosure/feed_parts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "disclosure/xml_scanner.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kPartLimit = std::size_t{8} << 20;

/// In which form an element holds HTML.
enum class Form : std::uint8_t { None, Escaped, Xhtml };

Form form_of(std::string_view name, std::string_view tag) {
  const std::string_view local = local_name(name);
  if (local == "encoded" || name == "description") return Form::Escaped;
  if (local != "content" && local != "summary") return Form::None;
  if (name.find(':') != std::string_view::npos && !name.starts_with("atom:")) return Form::None;
  const std::string type = ascii::to_lower(xml_attribute(tag, "type").value_or("text"));
  if (xml_attribute(tag, "src")) return Form::None;
  if (type == "html" || type == "text/html") return Form::Escaped;
  return type == "xhtml" || type == "application/xhtml+xml" ? Form::Xhtml : Form::None;
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
    while (const auto token = scanner_.next()) {
      if (token->part == XmlPart::StartTag && !token->empty_element) open(*token);
      if (token->part == XmlPart::StartTag && token->empty_element) read_link(*token);
      if (token->part == XmlPart::EndTag) close(*token);
    }
    if (!scanner_.malformed()) return std::move(read_);
    read_.parts.clear();
    read_.unread = {"the feed is not well-formed XML, or declares its own entities"};
    return std::move(read_);
  }

 private:
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
    if (!in_item_ && (name == "rss" || name == "feed"))
      language_ = xml_attribute(tag, "xml:lang").value_or(language_);
    read_link(token);
    const Form form = in_item_ ? form_of(name, tag) : Form::None;
    if (form != Form::None) return read_part(token, form);
    if (!in_item_ && name == "language") language_ = simple_text(token);
    if (in_item_ && name == "title") title_ = simple_text(token);
    if (in_item_ && name == "link" && !xml_attribute(tag, "href")) link_ = simple_text(token);
  }

  void close(const XmlToken& token) {
    if (!is_item(name_of(token))) return;
    in_item_ = false;
    for (std::size_t i = first_; i < read_.parts.size(); ++i) {
      read_.parts[i].item_title = title_;
      read_.parts[i].item_link = link_;
      read_.parts[i].language = item_language_.empty() ? language_ : item_language_;
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
    while (const auto token = scanner_.next()) {
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

  void read_part(const XmlToken& start, Form form) {
    FeedPart part;
    bool sound = true;
    int depth = 0;
    while (const auto token = scanner_.next()) {
      const bool own = (token->part == XmlPart::StartTag || token->part == XmlPart::EndTag) &&
                       name_of(*token) == name_of(start);
      if (own && token->part == XmlPart::EndTag && depth-- == 0) {
        if (!sound || part.html.size() > kPartLimit) return skip(start);
        if (!part.html.empty()) read_.parts.push_back(std::move(part));
        return;
      }
      if (own && token->part == XmlPart::StartTag && !token->empty_element) ++depth;
      if (form == Form::Xhtml)
        add_run(part, FeedRun::Kind::Raw, token->range.of(feed_), token->range);
      else if (token->part == XmlPart::Text)
        sound = add_text(part, feed_, token->range) && sound;
      else if (token->part == XmlPart::CData)
        add_run(part, FeedRun::Kind::Raw, token->inside.of(feed_), token->inside);
      else
        sound = false;
    }
  }

  void skip(const XmlToken& start) {
    constexpr std::size_t kReasons = 20;
    if (read_.unread.size() < kReasons)
      read_.unread.push_back("the " + std::string(name_of(start)) +
                             " of an item holds markup or entities that no feed reader knows");
  }

  std::string_view feed_;
  XmlScanner scanner_;
  FeedParts read_;
  bool in_item_ = false;
  std::size_t first_ = 0;  ///< part of the item
  std::string title_;
  std::string link_;
  std::string language_;
  std::string item_language_;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::size_t FeedPart::source_of(std::size_t offset) const {
  const auto behind = std::ranges::upper_bound(runs, offset, {}, &FeedRun::html_begin);
  if (behind == runs.begin()) return 0;
  const FeedRun& run = *std::prev(behind);
  const std::size_t inside = offset - run.html_begin;
  return run.kind == FeedRun::Kind::Reference ? run.source.begin
                                              : std::min(run.source.begin + inside, run.source.end);
}

bool FeedPart::translate(const std::vector<html::Edit>& edits, std::vector<html::Edit>& to) const {
  for (const html::Edit& edit : edits) {
    auto run = std::ranges::upper_bound(runs, edit.range.begin, {}, &FeedRun::html_begin);
    if (run == runs.begin() || edit.range.end > html.size()) return false;
    --run;
    std::string text = run->kind == FeedRun::Kind::Raw ? edit.text : escaped(edit.text);
    std::size_t at = edit.range.begin;
    do {
      const std::size_t run_end =
          std::next(run) == runs.end() ? html.size() : std::next(run)->html_begin;
      const std::size_t end = std::min(edit.range.end, run_end);
      ByteRange source = run->source;
      if (run->kind != FeedRun::Kind::Reference) {
        source = {run->source.begin + (at - run->html_begin),
                  run->source.begin + (std::max(at, end) - run->html_begin)};
      } else if (at == edit.range.end && at == run_end) {
        source.begin = source.end;
      } else if (at == edit.range.end && at == run->html_begin) {
        source.end = source.begin;
      } else if (at != run->html_begin || end != run_end) {
        return false;
      }
      to.push_back({source, std::exchange(text, {})});
      at = std::max(at, end);
      ++run;
    } while (at < edit.range.end);
  }
  return true;
}

bool is_feed(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  constexpr std::size_t kRootWithin = 4096;
  XmlScanner scanner(bytes.substr(0, kRootWithin));
  while (const auto token = scanner.next()) {
    if (token->part == XmlPart::Text && !ascii::trim(token->range.of(bytes)).empty()) return false;
    if (token->part != XmlPart::StartTag) continue;
    const std::string_view name = token->inside.of(bytes);
    const std::string_view tag = token->range.of(bytes);
    if (local_name(name) == "RDF") return tag.find("purl.org/rss/") != std::string_view::npos;
    if (local_name(name) == "feed") return tag.find("w3.org/2005/Atom") != std::string_view::npos;
    return name == "rss";
  }
  return false;
}

FeedParts feed_parts(std::string_view feed) { return FeedReader(feed).read(); }

}  // namespace candor::disclosure
