#include "disclosure/page/shop_links.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/ascii.h"
#include "link/url.h"

namespace candor::disclosure {
namespace {

/// Shops that trade under one name in many countries.
constexpr std::array<std::string_view, 19> kNames{
    "aliexpress", "amazon", "apple", "argos",      "asos",   "decathlon", "ebay",
    "etsy",       "hm",     "ikea",  "mediamarkt", "nike",   "otto",      "saturn",
    "sephora",    "shein",  "temu",  "zalando",    "zooplus"};
/// Shops by their whole host.
constexpr std::array<std::string_view, 46> kHosts{"alternate.de",
                                                  "bestbuy.com",
                                                  "bhphotovideo.com",
                                                  "bol.com",
                                                  "boots.com",
                                                  "boulanger.com",
                                                  "bookshop.org",
                                                  "chewy.com",
                                                  "cdiscount.com",
                                                  "cdon.se",
                                                  "coolblue.nl",
                                                  "costco.com",
                                                  "coupang.com",
                                                  "currys.co.uk",
                                                  "darty.com",
                                                  "dell.com",
                                                  "elcorteingles.es",
                                                  "fnac.com",
                                                  "homedepot.com",
                                                  "iherb.com",
                                                  "johnlewis.com",
                                                  "jd.com",
                                                  "kohls.com",
                                                  "lowes.com",
                                                  "macys.com",
                                                  "magazineluiza.com.br",
                                                  "mercadolivre.com.br",
                                                  "newegg.com",
                                                  "nordstrom.com",
                                                  "notonthehighstreet.com",
                                                  "allegro.pl",
                                                  "elgiganten.se",
                                                  "rakuten.co.jp",
                                                  "rei.com",
                                                  "sainsburys.co.uk",
                                                  "samsclub.com",
                                                  "shopping.yahoo.co.jp",
                                                  "target.com",
                                                  "taobao.com",
                                                  "tesco.com",
                                                  "thomann.de",
                                                  "tmall.com",
                                                  "ulta.com",
                                                  "walmart.com",
                                                  "waterstones.com",
                                                  "wayfair.com"};

std::string_view without_service_name(std::string_view host) {
  for (const std::string_view prefix : {"www.", "m.", "shop.", "store.", "smile."})
    if (host.starts_with(prefix)) return host.substr(prefix.size());
  return host;
}

/// "amazon.co.uk" but not "amazon.example.com": what follows the name is a country's ending.
bool has_name_of_shop(std::string_view host) {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view ending = host.substr(dot + 1);
  const bool country = ending == "com" || ending.size() == 2 ||
                       ((ending.starts_with("co.") || ending.starts_with("com.")) &&
                        ending.size() - ending.find('.') == 3);
  return country && std::ranges::find(kNames, host.substr(0, dot)) != kNames.end();
}

bool is_shop(std::string_view host) {
  const std::string_view name = without_service_name(host);
  return has_name_of_shop(name) || std::ranges::find(kHosts, name) != kHosts.end();
}

bool is_own(const Policy& policy, std::string_view host) {
  return std::ranges::any_of(policy.site_hosts, [&](const std::string& each) {
    return ascii::equals_ignoring_case(each, host);
  });
}

}  // namespace

bool has_unpaid_shop_link(const PageFacts& facts, const Policy& policy) {
  auto paid = facts.links.paid.begin();
  for (std::uint32_t i = 0; i < facts.outline.anchors.size(); ++i) {
    while (paid != facts.links.paid.end() && paid->anchor < i) ++paid;
    if (paid != facts.links.paid.end() && paid->anchor == i) continue;
    const Element& element = facts.outline.elements[facts.outline.anchors[i].element];
    if (element.inert) continue;
    const auto href =
        attribute_text(facts.page, facts.page.tokens[element.start_token], "href", facts.encoding);
    if (!href) continue;
    const std::string_view trimmed = ascii::trim(*href);
    const auto url = parse_url(trimmed.starts_with("//") ? "https:" + std::string(trimmed)
                                                         : std::string(trimmed));
    if (url && is_shop(url->host) && !is_own(policy, url->host)) return true;
  }
  return false;
}

bool pays_wholly(const PageFacts& facts, const Policy& policy) {
  return facts.first_content_link && facts.links.unsure_links == 0 &&
         !has_unpaid_shop_link(facts, policy);
}

}  // namespace candor::disclosure
