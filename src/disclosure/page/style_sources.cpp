#include "disclosure/page/style_sources.h"

#include <algorithm>

#include "base/ascii.h"
#include "css/media.h"
#include "disclosure/page/page_address.h"
#include "disclosure/page/page_facts.h"
#include "html/tokenizer.h"
#include "link/url.h"

namespace candor::disclosure {
namespace {

/// Sheets of fonts alone: nothing in them hides or paints.
bool is_font_service(std::string_view url) {
  for (const std::string_view host : {"://fonts.googleapis.com/", "://fonts.bunny.net/",
                                      "://use.typekit.net/", "://fast.fonts.net/"})
    if (url.find(host) != std::string_view::npos) return true;
  return url.starts_with("//fonts.googleapis.com/") || url.starts_with("//fonts.bunny.net/");
}

/// The text of a sheet that stands in its own address; nothing when it is written in base64.
std::optional<std::string> text_of_data(std::string_view url) {
  const std::size_t comma = url.find(',');
  if (comma == std::string_view::npos ||
      ascii::to_lower(url.substr(0, comma)).find(";base64") != std::string::npos)
    return std::nullopt;
  return percent_decode(url.substr(comma + 1));
}

class SourceReader {
 public:
  SourceReader(const PageFacts& facts, const Policy& policy)
      : facts_(facts), policy_(policy), address_(policy.article_path, facts.outline.base_href) {}

  std::shared_ptr<const PageStyles> read(std::shared_ptr<const PageStyles> earlier) {
    find_sources();
    if (earlier && earlier->sources == sources_) return earlier;
    auto styles = std::make_shared<PageStyles>();
    for (const StyleSource& source : sources_) add(source, styles->sheets);
    styles->sources = std::move(sources_);
    styles->unread = std::move(unread_);
    return styles;
  }

 private:
  void find_sources() {
    for (const Element& element : facts_.outline.elements) {
      if (element.inert || (element.tag != Tag::Link && element.tag != Tag::Style)) continue;
      if (in_noscript(element)) continue;
      const html::Token& tag = facts_.page.tokens[element.start_token];
      if (element.tag == Tag::Style)
        read_own(element, tag);
      else
        read_link(tag);
    }
  }

  std::string attribute(const html::Token& tag, std::string_view name) const {
    return attribute_text(facts_.page, tag, name, facts_.encoding).value_or("");
  }

  /// Browsers that run scripts pass noscript over.
  bool in_noscript(const Element& element) const {
    for (std::uint32_t up = element.parent; up != kNoElement;
         up = facts_.outline.elements[up].parent)
      if (facts_.outline.elements[up].tag == Tag::Noscript) return true;
    return false;
  }

  void read_own(const Element& element, const html::Token& tag) {
    const std::string type = ascii::to_lower(attribute(tag, "type"));
    if (!type.empty() && type != "text/css") return;
    std::string text;
    for (std::uint32_t i = element.start_token + 1;
         i < element.end_token && i < facts_.page.tokens.size(); ++i) {
      const html::Token& token = facts_.page.tokens[i];
      if (token.kind != html::TokenKind::Text && token.kind != html::TokenKind::Cdata) break;
      text += token.range.of(facts_.bytes);
    }
    sources_.push_back({std::move(text), attribute(tag, "media"), {}});
  }

  void read_link(const html::Token& tag) {
    const std::string rel = attribute(tag, "rel");
    const std::string onload = attribute(tag, "onload");
    // "preload" that a script turns into a style sheet once it is there.
    const bool becomes_sheet = has_word(rel, "preload") &&
                               ascii::equals_ignoring_case(attribute(tag, "as"), "style") &&
                               onload.find("stylesheet") != std::string::npos;
    if (!has_word(rel, "stylesheet") && !becomes_sheet) return;
    if (attribute(tag, "data-candor") == "style") return;  // ours hides nothing and is easy to read
    if (has_word(rel, "alternate") || facts_.page.find_attribute(tag, "disabled") != nullptr)
      return;
    std::string media = attribute(tag, "media");
    if (onload.find("media") != std::string::npos) media.clear();  // so is media=print onload=...
    const std::string href = as_browsers_read(attribute(tag, "href"));
    if (!href.empty()) load(resolved(href), media);
  }

  /// The URL, or the path where the page does not say its host.
  std::string resolved(const std::string& href) const {
    const auto target = address_.resolve(href);
    if (!target) return href;
    if (target->url) return target->url->href;
    const std::size_t query = std::min(href.size(), href.find('?'));
    return target->path + href.substr(query, href.find('#', query) - query);
  }

  std::optional<std::string> fetch(const std::string& url) {
    if (is_font_service(url)) return std::string();
    std::optional<std::string> text;
    if (url.starts_with("data:"))
      text = text_of_data(url);
    else if (policy_.stylesheet)
      text = policy_.stylesheet(url);
    if (!text) note(url);
    return text;
  }

  void note(const std::string& url) {
    if (std::ranges::find(unread_, url) == unread_.end()) unread_.push_back(url);
  }

  void load(const std::string& url, const std::string& media) {
    if (auto text = fetch(url)) sources_.push_back({std::move(*text), media, url});
  }

  void add(const StyleSource& source, css::StyleSheets& sheets) {
    const PageAddress from(source.base, {});
    sheets.add(source.text, source.media, [&](std::string_view url) -> std::optional<std::string> {
      if (source.base.empty()) return fetch(resolved(std::string(url)));
      const auto target = from.resolve(url);
      if (!target) return fetch(std::string(url));
      return fetch(target->url ? target->url->href : target->path);
    });
  }

  const PageFacts& facts_;
  const Policy& policy_;
  const PageAddress address_;
  std::vector<StyleSource> sources_;
  std::vector<std::string> unread_;
};

}  // namespace

std::vector<std::string> style_addresses(std::string_view page, const Policy& policy) {
  PageFacts facts;
  facts.bytes = page;
  facts.encoding = html::sniff_encoding(page);
  if (page.size() > kPageLimit || !facts.encoding.ascii_compatible) return {};
  facts.page = html::tokenize(page);
  facts.outline = outline_of(facts.page, facts.encoding, policy.content_selector);
  std::vector<std::string> addresses;
  Policy asked = policy;
  asked.stylesheet = [&](std::string_view address) {
    if (std::ranges::find(addresses, address) == addresses.end()) addresses.emplace_back(address);
    return policy.stylesheet ? policy.stylesheet(address) : std::nullopt;
  };
  styles_of(facts, asked, nullptr);
  return addresses;
}

std::shared_ptr<const PageStyles> styles_of(const PageFacts& facts, const Policy& policy,
                                            std::shared_ptr<const PageStyles> earlier) {
  return SourceReader(facts, policy).read(std::move(earlier));
}

}  // namespace candor::disclosure
