#include "crawl/page_links.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/ascii.h"
#include "disclosure/page/link_network.h"
#include "disclosure/page/page_address.h"
#include "html/character_reference.h"
#include "html/tokenizer.h"

namespace candor::crawl {
namespace {

bool has_word(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    text = ascii::trim(text);
    const std::string_view each = text.substr(0, text.find_first_of(" \t\r\n\f"));
    if (ascii::equals_ignoring_case(each, word)) return true;
    text.remove_prefix(each.size());
  }
  return false;
}

std::string attribute(const html::Page& page, const html::Token& token, std::string_view name) {
  const html::Attribute* found = page.find_attribute(token, name);
  return found == nullptr ? std::string()
                          : html::decode_references(found->value.of(page.bytes),
                                                    html::ReferenceContext::Attribute);
}

std::string base_of(const html::Page& page) {
  for (const html::Token& token : page.tokens)
    if (token.kind == html::TokenKind::StartTag && page.is(token, "base"))
      return attribute(page, token, "href");
  return {};
}

}  // namespace

bool is_redirect_path(std::string_view path) { return !disclosure::cloaking_folder(path).empty(); }

std::string absolute(std::string_view address, const std::string& page_url) {
  const auto target = disclosure::PageAddress(page_url, {}).resolve(address);
  return target && target->url ? target->url->href : std::string(address);
}

std::vector<std::string> page_links(std::string_view bytes, const std::string& page_url) {
  std::vector<std::string> links;
  const auto own = parse_url(page_url);
  if (!own) return links;
  const html::Page page = html::tokenize(bytes);
  const disclosure::PageAddress address(page_url, base_of(page));
  std::unordered_set<std::string> seen;
  for (const html::Token& token : page.tokens) {
    if (token.kind != html::TokenKind::StartTag || token.foreign) continue;
    if (!page.is(token, "a") && !page.is(token, "area")) continue;
    const std::string rel = attribute(page, token, "rel");
    if (has_word(rel, "nofollow") || has_word(rel, "sponsored")) continue;
    if (page.find_attribute(token, "download") != nullptr) continue;
    const auto target = address.resolve(attribute(page, token, "href"));
    if (!target || !target->url) continue;
    const Url& url = *target->url;
    if (url.scheme != own->scheme || url.host != own->host || url.port != own->port) continue;
    if (is_redirect_path(url.path)) continue;
    std::string href = url.href.substr(0, url.href.find('#'));
    if (seen.insert(href).second) links.push_back(std::move(href));
  }
  return links;
}

}  // namespace candor::crawl
