#include "networks/link_pattern.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/ascii.h"
#include "network_tables.h"

namespace candor::networks {
namespace {

/// Cuts `text` at the next `separator`; what is behind it stays in `text`.
std::string_view take_until(std::string_view& text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  const std::string_view head = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + separator.size());
  return head;
}

/// How many characters of `text` the glob's item at `glob` takes at least; npos: it does not fit.
std::size_t item_length(char item, std::string_view text) {
  if (text.empty()) return std::string_view::npos;
  if (item == '?') return 1;
  if (item == '#') return ascii::is_digit(text.front()) ? 1 : std::string_view::npos;
  return ascii::lower(item) == ascii::lower(text.front()) ? 1 : std::string_view::npos;
}

/// '*' any run, '?' one character, '#' a run of digits; ignores ASCII case. Greedy runs of digits
/// need no backtracking, since no pattern of the table has a digit behind '#'; '*' backs up to the
/// last one only, so this is at worst the product of both lengths.
bool glob_matches(std::string_view glob, std::string_view text) {
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  while (true) {
    if (g < glob.size() && glob[g] == '*') {
      star = ++g;
      star_text = t;
      continue;
    }
    if (g == glob.size() && t == text.size()) return true;
    std::size_t taken = std::string_view::npos;
    if (g < glob.size()) taken = item_length(glob[g], text.substr(t));
    if (taken == std::string_view::npos) {
      if (star == std::string_view::npos || star_text >= text.size()) return false;
      g = star;
      t = ++star_text;
      continue;
    }
    t += taken;
    if (glob[g] == '#')
      while (t < text.size() && ascii::is_digit(text[t])) ++t;
    ++g;
  }
}

/// The URL's parameters, taken apart when a rule first asks: most links of a page never do.
class Query {
 public:
  explicit Query(const Url& url) : url_(url) {}

  bool has(std::string_view wanted) {
    if (!parameters_) parameters_ = parse_query(url_.query);
    const std::string_view name = take_until(wanted, "=");
    return std::any_of(parameters_->begin(), parameters_->end(), [&](const QueryParameter& each) {
      if (!ascii::equals_ignoring_case(each.name, name)) return false;
      return wanted.empty() ? !each.value.empty() : glob_matches(wanted, each.value);
    });
  }

 private:
  const Url& url_;
  std::optional<std::vector<QueryParameter>> parameters_;
};

bool is_subdomain(std::string_view host, std::string_view domain) {
  if (host.size() <= domain.size()) return false;
  return host.substr(0, host.size() - domain.size() - 1) != "www";
}

bool term_holds(std::string_view term, const Url& url, std::string_view rule_host, Query& query) {
  if (term == "-") return true;
  if (term == "subdomain") return is_subdomain(url.host, rule_host);
  const std::string_view kind = take_until(term, ":");
  if (kind == "path") return glob_matches(term, url.path);
  if (kind == "query") return query.has(term);
  assert(false && "the table is checked by its test");
  return false;
}

bool condition_holds(std::string_view condition, const Url& url, std::string_view rule_host,
                     Query& query) {
  while (!condition.empty()) {
    std::string_view alternative = take_until(condition, " or ");
    bool holds = true;
    while (holds && !alternative.empty())
      holds = term_holds(take_until(alternative, " "), url, rule_host, query);
    if (holds) return true;
  }
  return false;
}

}  // namespace

LinkPatterns::LinkPatterns() {
  std::string_view table = network_tables::file("host_patterns.tsv");
  while (!table.empty()) {
    std::string_view line = take_until(table, "\n");
    if (line.empty() || line.starts_with('#') || line.starts_with("network\t")) continue;
    Rule row;
    row.network = take_until(line, "\t");
    std::string_view hosts = take_until(line, "\t");
    row.condition = take_until(line, "\t");
    const std::string_view use = take_until(line, "\t");
    if (use == "no") continue;
    row.sure = use == "link";
    while (!hosts.empty()) add_rule(take_until(hosts, ","), row);
  }
  std::stable_sort(named_.begin(), named_.end(), [](const Rule& a, const Rule& b) {
    return std::pair(a.host, !a.sure) < std::pair(b.host, !b.sure);
  });
}

void LinkPatterns::add_rule(std::string_view host, const Rule& row) {
  Rule rule = row;
  const std::string_view kind = take_until(host, ":");
  rule.host = host;
  if (kind == "exact" || kind == "suffix") {
    rule.host_kind = kind == "exact" ? Host::Exact : Host::Suffix;
    named_.push_back(rule);
    return;
  }
  assert(kind == "prefix" || kind == "any");
  rule.host_kind = kind == "prefix" ? Host::Prefix : Host::Any;
  open_.push_back(rule);
}

std::optional<NetworkMatch> LinkPatterns::match_named_host(const Url& url) const {
  Query query(url);
  std::optional<NetworkMatch> unsure;
  std::string_view name = url.host;
  while (!name.empty()) {
    auto rule = std::lower_bound(named_.begin(), named_.end(), name,
                                 [](const Rule& a, std::string_view b) { return a.host < b; });
    for (; rule != named_.end() && rule->host == name; ++rule) {
      if (rule->host_kind == Host::Exact && name.size() != url.host.size()) continue;
      if (!condition_holds(rule->condition, url, rule->host, query)) continue;
      if (rule->sure) return NetworkMatch{rule->network, true};
      if (!unsure) unsure = NetworkMatch{rule->network, false};
    }
    const std::size_t dot = name.find('.');
    name = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  }
  return unsure;
}

std::vector<LinkRule> LinkPatterns::sure_rules() const {
  static constexpr std::array<std::string_view, 4> kKinds{"exact", "suffix", "prefix", "any"};
  std::vector<LinkRule> rules;
  for (const auto* part : {&named_, &open_})
    for (const Rule& rule : *part)
      if (rule.sure)
        rules.push_back({kKinds.at(static_cast<std::size_t>(rule.host_kind)), rule.host,
                         rule.condition, rule.network});
  return rules;
}

bool LinkPatterns::knows(std::string_view network) const {
  const auto named_so = [network](const Rule& rule) { return rule.network == network; };
  return std::ranges::any_of(named_, named_so) || std::ranges::any_of(open_, named_so);
}

std::optional<NetworkMatch> LinkPatterns::match(const Url& url) const {
  if (auto found = match_named_host(url)) return found;
  std::optional<NetworkMatch> unsure;
  Query query(url);
  for (const Rule& rule : open_) {
    if (rule.host_kind == Host::Prefix && !url.host.starts_with(rule.host)) continue;
    if (!condition_holds(rule.condition, url, rule.host, query)) continue;
    if (rule.sure) return NetworkMatch{rule.network, true};
    if (!unsure) unsure = NetworkMatch{rule.network, false};
  }
  return unsure;
}

bool stays_direct(std::string_view network) { return network == "amazon" || network == "ebay"; }

std::string_view display_name(std::string_view network) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 58> kNames{{
      {"adcell", "ADCELL"},
      {"admitad", "Admitad"},
      {"adtraction", "Adtraction"},
      {"affiliatefuture", "Affiliate Future"},
      {"affiliaxe", "Affiliaxe"},
      {"affilae", "Affilae"},
      {"aliexpress", "AliExpress"},
      {"amazon", "Amazon"},
      {"apple", "Apple"},
      {"avantlink", "AvantLink"},
      {"awin", "Awin"},
      {"banggood", "Banggood"},
      {"belboon", "belboon"},
      {"booking", "Booking.com"},
      {"cj", "CJ"},
      {"clickbank", "ClickBank"},
      {"commission-factory", "Commission Factory"},
      {"coupang", "Coupang"},
      {"daisycon", "Daisycon"},
      {"digidip", "digidip"},
      {"dmm", "DMM"},
      {"dub", "Dub"},
      {"ebay", "eBay"},
      {"effiliation", "Effiliation"},
      {"envato", "Envato"},
      {"financeads", "financeAds"},
      {"flexoffers", "FlexOffers"},
      {"flipkart", "Flipkart"},
      {"geniuslink", "Geniuslink"},
      {"hotmart", "Hotmart"},
      {"impact", "Impact"},
      {"jvzoo", "JVZoo"},
      {"kwanko", "Kwanko"},
      {"linkby", "Linkby"},
      {"mavely", "Mavely"},
      {"netaffiliation", "NetAffiliation"},
      {"partner-ads", "Partner-ads"},
      {"partnerize", "Partnerize"},
      {"partnerstack", "PartnerStack"},
      {"pepperjam", "Ascend (Pepperjam)"},
      {"publicidees", "Public-Idees"},
      {"publisher-shorteners", "Publisher's short link"},
      {"rakuten", "Rakuten Advertising"},
      {"rewardstyle", "LTK (rewardStyle)"},
      {"shareasale", "ShareASale"},
      {"shopmy", "ShopMy"},
      {"shopstyle", "ShopStyle"},
      {"skimlinks", "Skimlinks"},
      {"sovrn", "Sovrn"},
      {"tradedoubler", "Tradedoubler"},
      {"tradetracker", "TradeTracker"},
      {"travelpayouts", "Travelpayouts"},
      {"tune", "TUNE (HasOffers)"},
      {"walmart", "Walmart"},
      {"warriorplus", "WarriorPlus"},
      {"webgains", "Webgains"},
      {"yieldkit", "YieldKit"},
      {"", "unknown network"},
  }};
  for (const auto& [id, name] : kNames)
    if (id == network) return name;
  return network;
}

}  // namespace candor::networks
