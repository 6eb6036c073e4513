#include "disclosure/page/other_ways.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/text_search.h"
#include "disclosure/page/link_network.h"
#include "disclosure/page/visibility.h"
#include "html/tokenizer.h"

namespace candor::disclosure {
namespace {

using html::Token;
using html::TokenKind;

bool has(std::string_view text, std::string_view part) {
  return find_text(text, part) != std::string_view::npos;
}

/// Addresses that count a click; a network's other ones deliver its banners and count their views.
bool is_click_url(const Url& url) {
  static constexpr std::array<std::string_view, 8> kViews{"show", "image-", "pixel", "/imp",
                                                          "view", "banner", "/ir?",  "/e/ir"};
  const std::string path = ascii::to_lower(url.path);
  return std::ranges::none_of(kViews, [&](std::string_view each) { return has(path, each); });
}

/// Not of an image's source that names an image's file.
bool may_count_a_click(std::string_view source) {
  if (!has(source, "//")) return false;
  source = source.substr(0, source.find_first_of("?#"));
  const std::size_t dot = source.rfind('.');
  if (dot == std::string_view::npos || source.size() - dot > 5) return true;
  const std::string_view ending = source.substr(dot + 1);
  static constexpr std::array<std::string_view, 7> kFiles{"jpg", "jpeg", "png", "webp",
                                                          "gif", "svg",  "avif"};
  return std::ranges::none_of(
      kFiles, [&](std::string_view file) { return ascii::equals_ignoring_case(file, ending); });
}

/// Says, of an attribute that is no link for a browser, whether a script may make one of it.
bool may_name_a_link(std::string_view name) {
  if (name.size() < 4) return false;
  if (ascii::equals_ignoring_case(name, "formaction")) return true;
  if (ascii::lower(name[0]) == 'o' && ascii::lower(name[1]) == 'n') return true;
  if (!ascii::equals_ignoring_case(name.substr(0, 5), "data-")) return false;
  const std::string lower = ascii::to_lower(name);
  if (lower.starts_with("data-candor")) return false;
  return has(lower, "href") || has(lower, "url") || has(lower, "link") || has(lower, "target") ||
         has(lower, "dest");
}

/// The URLs that a script's text has in quotes, from `at` on.
std::optional<std::string> quoted_url(std::string_view script, std::size_t at) {
  constexpr std::size_t kNear = 40;
  const std::size_t quote = script.find_first_of("'\"`", at);
  if (quote == std::string_view::npos || quote - at > kNear) return std::nullopt;
  const std::size_t end = script.find(script[quote], quote + 1);
  if (end == std::string_view::npos) return std::nullopt;
  std::string url(script.substr(quote + 1, end - quote - 1));
  if (!url.starts_with("http") && !url.starts_with("//") && !url.starts_with("/"))
    return std::nullopt;
  for (std::size_t slash = url.find("\\/"); slash != std::string::npos; slash = url.find("\\/"))
    url.erase(slash, 1);
  return url;
}

class OtherWays {
 public:
  OtherWays(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
            const PageAddress& address, const Policy& policy, const std::vector<bool>& paid,
            PageLinks& links)
      : page_(page),
        outline_(outline),
        encoding_(encoding),
        address_(address),
        policy_(policy),
        paid_(paid),
        links_(links) {}

  void find() {
    for (const Element& element : outline_.elements) {
      const Token& tag = page_.tokens[element.start_token];
      if (tag.attribute_count > 0 && !element.inert) read_attributes(element, tag);
      read_element(element, tag);
    }
  }

 private:
  std::optional<std::string> text(const Token& tag, std::string_view name) const {
    return attribute_text(page_, tag, name, encoding_);
  }

  /// The network an address surely pays.
  std::optional<std::string> sure_network(std::string_view href) const {
    const auto target = address_.resolve(href);
    if (!target || !target->url) return std::nullopt;
    const auto network = network_of(*target->url, policy_);
    if (!network || !network->sure) return std::nullopt;
    return network->name;
  }

  /// Readers have a link to the same address on the page.
  bool is_linked(std::string_view url) const {
    const auto target = address_.resolve(url);
    return target && target->url && std::ranges::any_of(links_.paid, [&](const PageLink& link) {
             return link.link.href == target->url->href;
           });
  }

  void doubt(std::string_view way, const std::string& network) {
    links_.doubt(std::string(way) + " leads to " + network +
                 "; whether readers see it as a link is not known");
  }

  void read_attributes(const Element& element, const Token& tag) {
    const bool link = element.start_token < paid_.size() && paid_[element.start_token];
    if (link) return;
    for (const html::Attribute& attribute : page_.attributes_of(tag)) {
      const std::string_view name = attribute.name.of(page_.bytes);
      if (attribute.value.size() < 8 || !may_name_a_link(name)) continue;
      const std::string_view raw = attribute.value.of(page_.bytes);
      if (!has(raw, "//") && !has(raw, "&#")) continue;
      const auto value = text(tag, name);
      if (!value) continue;
      const bool script = ascii::lower(name[0]) == 'o';
      const std::size_t at = script ? value->find_first_of("'\"`") : 0;
      if (at == std::string::npos) continue;
      const auto url = script ? quoted_url(*value, at) : value;
      if (!url) continue;
      if (const auto network = sure_network(*url); network && !is_linked(*url))
        doubt("an attribute " + std::string(shortened(html::to_utf8(name, encoding_), 40)),
              *network);
    }
  }

  void read_element(const Element& element, const Token& tag) {
    switch (element.tag) {
      case Tag::Meta:
        return read_refresh(element, tag);
      case Tag::Iframe:
        return read_frame(element, tag);
      case Tag::Img:
        return read_image(element, tag);
      case Tag::Form:
        return read_form(element, tag);
      case Tag::Noscript:
        return read_markup(text_behind(element), "a link for readers without scripts");
      case Tag::Template:
        return read_template(element, tag);
      case Tag::Script:
        return read_script(element, tag);
      default:
        return;
    }
  }

  void force(const Element& element, std::string network, std::string how) {
    constexpr std::size_t kMost = 50;
    if (links_.forced.size() < kMost)
      links_.forced.push_back({element.start_token, std::move(network), std::move(how)});
  }

  void read_refresh(const Element& element, const Token& tag) {
    if (tag.attribute_count < 2 || element.inert) return;
    const auto kind = text(tag, "http-equiv");
    if (!kind || !ascii::equals_ignoring_case(ascii::trim(*kind), "refresh")) return;
    const std::string content = text(tag, "content").value_or("");
    std::size_t at = ascii::to_lower(content).find("url");
    if (at == std::string::npos) return;
    at = content.find('=', at);
    if (at == std::string::npos) return;
    std::string_view url = ascii::trim(std::string_view(content).substr(at + 1));
    if (!url.empty() && (url.front() == '\'' || url.front() == '"')) {
      url.remove_prefix(1);
      url = url.substr(0, url.find_first_of("'\""));
    }
    if (const auto network = sure_network(url)) force(element, *network, "a refresh of the page");
  }

  /// Without a size to be seen at, or hidden.
  bool is_unseen(const Element& element, const Token& tag) const {
    if (element.hidden) return true;
    for (const std::string_view name : {"width", "height"}) {
      const std::string size = text(tag, name).value_or("");
      if (size == "0" || size == "1" || size == "0px" || size == "1px") return true;
    }
    return false;
  }

  void read_frame(const Element& element, const Token& tag) {
    if (tag.attribute_count == 0 || element.inert) return;
    const html::Attribute* inner = page_.find_attribute(tag, "srcdoc");
    if (inner != nullptr && may_hold_a_link(inner->value.of(page_.bytes)))
      read_markup(*text(tag, "srcdoc"), "a link in a frame's srcdoc");
    constexpr std::size_t kLongest = 8192;
    const html::Attribute* source = page_.find_attribute(tag, "src");
    if (source == nullptr || source->value.size() > kLongest ||
        !has(source->value.of(page_.bytes), "//"))
      return;
    const auto network = sure_network(*text(tag, "src"));
    if (!network) return;
    if (is_unseen(element, tag))
      force(element, *network, "a frame nobody sees");
    else
      doubt("a frame", *network);
  }

  void read_image(const Element& element, const Token& tag) {
    if (element.inert) return;
    const html::Attribute* source = page_.find_attribute(tag, "src");
    if (source == nullptr || !may_count_a_click(source->value.of(page_.bytes))) return;
    const auto target = address_.resolve(text(tag, "src").value_or(""));
    if (!target || !target->url || !is_click_url(*target->url)) return;
    const auto network = network_of(*target->url, policy_);
    if (network && network->sure && !network->wrapped) force(element, network->name, "an image");
  }

  /// A form sends its fields as parameters: Amazon's cart takes the tag from one.
  void read_form(const Element& element, const Token& tag) {
    if (element.inert) return;
    std::string action = text(tag, "action").value_or("");
    if (!has(action, "//")) return;
    if (!has(action, "?")) action += '?';
    constexpr std::uint32_t kMostTokens = 400;
    const std::uint32_t end = std::min(element.end_token, element.start_token + kMostTokens);
    for (std::uint32_t i = element.start_token + 1; i < end; ++i) {
      const Token& field = page_.tokens[i];
      if (field.kind != TokenKind::StartTag || !page_.is(field, "input")) continue;
      const auto name = text(field, "name");
      const auto value = text(field, "value");
      constexpr std::size_t kLongest = 200;
      if (name && value && name->size() < kLongest && value->size() < kLongest)
        action += '&' + percent_encode(*name) + '=' + percent_encode(*value);
      if (action.size() > 4096) break;
    }
    if (const auto network = sure_network(action)) doubt("a form", *network);
  }

  std::string_view text_behind(const Element& element) const {
    const std::size_t next = element.start_token + std::size_t{1};
    if (next >= page_.tokens.size() || page_.tokens[next].kind != TokenKind::Text) return {};
    return page_.tokens[next].range.of(page_.bytes);
  }

  /// Browsers show the content of declarative shadow roots; templates without them stay unseen.
  void read_template(const Element& element, const Token& tag) {
    if (page_.find_attribute(tag, "shadowrootmode") == nullptr) return;
    const std::size_t begin = tag.range.end;
    const std::size_t end = element.end_token < page_.tokens.size()
                                ? page_.tokens[element.end_token].range.begin
                                : page_.bytes.size();
    // Once for nested ones: the outermost holds the others.
    if (begin < shadow_end_ || end < begin) return;
    shadow_end_ = end;
    read_markup(page_.bytes.substr(begin, end - begin), "a link in a shadow root");
  }

  static bool may_hold_a_link(std::string_view markup) {
    return has(markup, "href") || has(markup, "HREF");
  }

  /// Links in markup that is no part of the page's own tokens.
  void read_markup(std::string_view markup, std::string_view way) {
    if (!has(markup, "//") || !may_hold_a_link(markup)) return;
    const html::Page inner = html::tokenize(markup);
    for (const Token& tag : inner.tokens) {
      if (tag.kind != TokenKind::StartTag || tag.attribute_count == 0) continue;
      if (!inner.is(tag, "a") && !inner.is(tag, "area")) continue;
      const auto href = attribute_text(inner, tag, "href", encoding_);
      if (!href) continue;
      if (const auto network = sure_network(*href)) return doubt(way, *network);
    }
  }

  void read_script(const Element& element, const Token& tag) {
    if (element.inert || element.foreign) return;
    const std::string_view script = text_behind(element);
    if (script.size() < 20) return;
    const std::string type = ascii::to_lower(text(tag, "type").value_or(""));
    if (!type.empty() && !has(type, "javascript") && type != "module") return;
    read_moves(element, script);
  }

  /// A script that sends the reader away. One that waits for a click is only a doubt.
  void read_moves(const Element& element, std::string_view script) {
    static constexpr std::array<std::string_view, 6> kMoves{"location.href",    "location =",
                                                            "location=",        "location.replace(",
                                                            "location.assign(", "window.open("};
    if (!has(script, "location") && !has(script, "window.open(")) return;
    for (const std::string_view move : kMoves) {
      for (std::size_t at = find_text(script, move); at != std::string_view::npos;
           at = find_text(script, move, at + move.size())) {
        const auto url = quoted_url(script, at + move.size());
        if (!url) continue;
        const auto network = sure_network(*url);
        if (!network) continue;
        const bool on_click = move.starts_with("window") || has(script, "click");
        if (!on_click) return force(element, *network, "a script");
        doubt("a script", *network);
        return;
      }
    }
  }

  const html::Page& page_;
  const Outline& outline_;
  const html::Encoding& encoding_;
  const PageAddress& address_;
  const Policy& policy_;
  const std::vector<bool>& paid_;
  PageLinks& links_;
  std::size_t shadow_end_ = 0;
};

}  // namespace

void find_other_ways(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
                     const PageAddress& address, const Policy& policy,
                     const std::vector<bool>& paid, PageLinks& links) {
  OtherWays(page, outline, encoding, address, policy, paid, links).find();
}

}  // namespace candor::disclosure
