// What the owner's selector names; else the article element that holds most of the page's text,
// else main, else the innermost container that still holds most of it. Names of classes decide only
// what is *not* content, and never for an element that holds the article: themes put "has-sidebar"
// on the body.
#include "disclosure/page/main_content.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "css/selector.h"
#include "disclosure/page/page_tree.h"
#include "disclosure/page/paid_links.h"

namespace candor::disclosure {
namespace {

using enum Tag;

bool contains(const auto& names, std::string_view wanted) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view each) {
    return ascii::equals_ignoring_case(each, wanted);
  });
}

Zone zone_of_class(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kFooter{
      "footer",         "site-footer", "page-footer",   "colophon",   "copyright",
      "footer-widgets", "site-info",   "global-footer", "main-footer"};
  static constexpr std::array<std::string_view, 9> kAside{
      "sidebar",           "widget-area",   "site-sidebar", "primary-sidebar", "sidebar-primary",
      "secondary-sidebar", "right-sidebar", "left-sidebar", "sidebar-right"};
  static constexpr std::array<std::string_view, 10> kNav{
      "navbar",    "navigation", "site-nav",   "main-nav",    "nav-menu",
      "main-menu", "menu-main",  "breadcrumb", "breadcrumbs", "site-navigation"};
  if (contains(kFooter, name)) return Zone::Footer;
  if (contains(kAside, name)) return Zone::Aside;
  if (contains(kNav, name)) return Zone::Nav;
  return Zone::Content;
}

Zone zone_of_names(const html::Page& page, const html::Token& tag) {
  for (const std::string_view attribute : {"class", "id"}) {
    const auto* found = page.find_attribute(tag, attribute);
    if (found == nullptr) continue;
    std::string_view rest = found->value.of(page.bytes);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.size(), rest.find_first_of(" \t\n\f\r"));
      const Zone zone = zone_of_class(rest.substr(0, end));
      if (zone != Zone::Content) return zone;
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
  }
  return Zone::Content;
}

Zone zone_of_role(std::string_view role) {
  if (ascii::equals_ignoring_case(role, "contentinfo")) return Zone::Footer;
  if (ascii::equals_ignoring_case(role, "navigation")) return Zone::Nav;
  if (ascii::equals_ignoring_case(role, "complementary")) return Zone::Aside;
  if (ascii::equals_ignoring_case(role, "banner")) return Zone::Header;
  return Zone::Content;
}

void guess_own_zone(const html::Page& page, Element& element) {
  const html::Token& tag = page.tokens[element.start_token];
  if (element.tag == Nav) element.own_zone = Zone::Nav;
  if (element.tag == Footer) element.own_zone = Zone::Footer;
  if (element.tag == Aside) element.own_zone = Zone::Aside;
  if (element.tag == Header) element.own_zone = Zone::Header;
  if (tag.attribute_count == 0) return;
  if (const auto* role = page.find_attribute(tag, "role")) {
    const std::string_view value = ascii::trim(role->value.of(page.bytes));
    element.main_role = ascii::equals_ignoring_case(value, "main");
    if (const Zone zone = zone_of_role(value); zone != Zone::Content) element.own_zone = zone;
  }
  if (element.own_zone != Zone::Content || !is_block(element.tag)) return;
  element.own_zone = zone_of_names(page, tag);
  element.zone_by_class = element.own_zone != Zone::Content;
}

/// Text that counts as article: not hidden, not mostly links, not in a footer or navigation.
void measure(Outline& outline) {
  for (const TextBlock& block : outline.blocks) {
    if (block.element == kNoElement || block.hidden || block.inert) continue;
    const auto size = static_cast<std::uint32_t>(block.text.size());
    if (block.link_bytes * 2 > size) continue;
    if (outline.elements[block.element].zone != Zone::Content) continue;
    outline.elements[block.element].text_bytes += size - block.link_bytes;
  }
  for (std::size_t i = outline.elements.size(); i-- > 0;) {
    const Element& element = outline.elements[i];
    if (element.parent != kNoElement)
      outline.elements[element.parent].text_bytes += element.text_bytes;
  }
}

void spread_zones(Outline& outline, bool main_is_known) {
  for (std::uint32_t i = 0; i < outline.elements.size(); ++i) {
    Element& element = outline.elements[i];
    const Zone inherited =
        element.parent == kNoElement ? Zone::Content : outline.elements[element.parent].zone;
    const bool holds_main =
        main_is_known && outline.main != kNoElement && outline.is_inside(outline.main, i);
    Zone own = element.own_zone;
    if (element.zone_by_class && (holds_main || !main_is_known)) own = Zone::Content;
    if (holds_main) own = Zone::Content;
    const bool inside_main = main_is_known && outline.main != kNoElement && i != outline.main &&
                             outline.is_inside(i, outline.main);
    // In an article an aside is a call-out and a header is its head; outside they are the site's.
    const Tag main_tag =
        main_is_known && outline.main != kNoElement ? outline.elements[outline.main].tag : Other;
    const bool real_main = main_tag == Article || main_tag == Main;
    if (inside_main &&
        (own == Zone::Header || (own == Zone::Aside && real_main && !element.zone_by_class)))
      own = Zone::Content;
    element.zone = own != Zone::Content && inherited == Zone::Content ? own : inherited;
    if (own != Zone::Content && inherited == Zone::Header) element.zone = own;
    if (holds_main) element.zone = Zone::Content;
  }
}

/// The element of the kind with most text; the first of equals.
template <class Kind>
std::uint32_t largest(const Outline& outline, std::uint32_t inside, const Kind& kind) {
  std::uint32_t best = kNoElement;
  for (std::uint32_t i = 0; i < outline.elements.size(); ++i) {
    const Element& element = outline.elements[i];
    if (!kind(element) || element.hidden || element.inert || element.foreign) continue;
    if (inside != kNoElement && !outline.is_inside(i, inside)) continue;
    if (best == kNoElement || element.text_bytes > outline.elements[best].text_bytes) best = i;
  }
  return best;
}

bool is_container(Tag tag) {
  return tag == Div || tag == Section || tag == Td || tag == Tr || tag == Tbody || tag == Table ||
         tag == Center || tag == Form || tag == Main || tag == Article || tag == Body ||
         tag == Html;
}

bool is_site_head(const html::Page& page, const Element& element) {
  static constexpr std::array<std::string_view, 8> kNames{"header",     "masthead", "site-header",
                                                          "logo",       "branding", "site-branding",
                                                          "site-title", "topbar"};
  const html::Token& tag = page.tokens[element.start_token];
  for (const std::string_view attribute : {"class", "id"}) {
    const auto* found = page.find_attribute(tag, attribute);
    if (found == nullptr) continue;
    const std::string_view list = found->value.of(page.bytes);
    if (std::any_of(kNames.begin(), kNames.end(),
                    [&](std::string_view name) { return has_word(list, name); }))
      return true;
  }
  return false;
}

/// The page's title: its first h1, unless that is the site's name in the site's head.
std::uint32_t find_title(const html::Page& page, const Outline& outline) {
  for (std::uint32_t i = 0; i < outline.elements.size(); ++i) {
    const Element& element = outline.elements[i];
    if (element.tag != H1 || element.hidden || element.inert || element.zone != Zone::Content)
      continue;
    bool site_name = false;
    for (std::uint32_t up = i; up != kNoElement && !site_name; up = outline.elements[up].parent)
      site_name = is_site_head(page, outline.elements[up]);
    if (!site_name) return i;
  }
  return kNoElement;
}

/// From the body down, as long as one child holds most of the text and the title stays inside.
std::uint32_t descend(const html::Page& page, const Outline& outline, std::uint32_t from) {
  std::vector<std::uint32_t> heaviest(outline.elements.size(), kNoElement);
  for (std::uint32_t i = 0; i < outline.elements.size(); ++i) {
    const Element& element = outline.elements[i];
    if (element.parent == kNoElement || !is_container(element.tag)) continue;
    std::uint32_t& best = heaviest[element.parent];
    if (best == kNoElement || element.text_bytes > outline.elements[best].text_bytes) best = i;
  }
  const std::uint32_t title = find_title(page, outline);
  constexpr std::uint64_t kMostOf = 60;
  std::uint32_t at = from;
  while (heaviest[at] != kNoElement) {
    const std::uint32_t next = heaviest[at];
    const std::uint64_t whole = outline.elements[at].text_bytes;
    const std::uint64_t part = outline.elements[next].text_bytes;
    if (whole == 0 || part * 100 < whole * kMostOf) break;
    if (title != kNoElement && !outline.is_inside(title, next)) break;
    at = next;
  }
  return at;
}

std::uint32_t select_main(const html::Page& page, const html::Encoding& encoding,
                          std::string_view content_selector, const Outline& outline) {
  if (ascii::trim(content_selector).empty()) return kNoElement;
  const auto selectors = css::parse_selectors(content_selector);
  if (!selectors) return kNoElement;
  const PageTree tree(page, outline, encoding);
  constexpr std::uint64_t kSteps = 4'000'000;
  css::MatchBudget budget{kSteps};
  std::uint32_t best = kNoElement;
  for (std::uint32_t i = 0; i < outline.elements.size(); ++i) {
    const Element& element = outline.elements[i];
    if (element.hidden || element.inert || element.foreign) continue;
    if (best != kNoElement && element.text_bytes <= outline.elements[best].text_bytes) continue;
    const bool matches = std::any_of(selectors->begin(), selectors->end(), [&](const auto& each) {
      return each.pseudo == css::PseudoElement::None &&
             css::match(each, tree, i, budget) == css::Match::Yes;
    });
    if (matches) best = i;
  }
  return best;
}

std::uint32_t choose_main(const html::Page& page, const Outline& outline) {
  const std::uint32_t main = largest(outline, kNoElement, [](const Element& element) {
    return element.tag == Main || element.main_role;
  });
  const std::uint32_t article =
      largest(outline, main, [](const Element& element) { return element.tag == Article; });
  std::uint32_t body =
      largest(outline, kNoElement, [](const Element& element) { return element.tag == Body; });
  // A page may leave the body's tags out.
  if (body == kNoElement)
    body = largest(outline, kNoElement, [](const Element& element) { return element.tag == Html; });
  if (article != kNoElement) {
    const std::uint32_t whole = main != kNoElement ? main : body;
    const std::uint64_t all = whole == kNoElement ? 0 : outline.elements[whole].text_bytes;
    if (std::uint64_t{outline.elements[article].text_bytes} * 2 >= all) return article;
  }
  if (main != kNoElement) return main;
  return body == kNoElement ? kNoElement : descend(page, outline, body);
}

}  // namespace

void assign_zones(const html::Page& page, const html::Encoding& encoding,
                  std::string_view content_selector, Outline& outline) {
  for (Element& element : outline.elements)
    if (!element.foreign) guess_own_zone(page, element);
  spread_zones(outline, false);
  measure(outline);
  outline.main = select_main(page, encoding, content_selector, outline);
  if (outline.main == kNoElement) outline.main = choose_main(page, outline);
  spread_zones(outline, true);
}

}  // namespace candor::disclosure
