#include "disclosure/wording/required_statements.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/ascii.h"
#include "disclosure/wording/disclosure_templates.h"
#include "disclosure_data.h"

namespace candor::disclosure {
namespace {

constexpr std::string_view kAmazon = "amazon";

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

/// "amazon.co.jp" -> "JP"; empty for hosts that are no marketplace.
std::string_view market_of(std::string_view host) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kMarkets{
      {{"amazon.com", "US"},
       {"amazon.co.uk", "UK"},
       {"amazon.ca", "CA"},
       {"amazon.com.au", "AU"},
       {"amazon.in", "IN"},
       {"amazon.sg", "SG"},
       {"amazon.de", "DE"},
       {"amazon.fr", "FR"},
       {"amazon.com.be", "BE"},
       {"amazon.it", "IT"},
       {"amazon.es", "ES"},
       {"amazon.co.jp", "JP"},
       {"amazon.nl", "NL"},
       {"amazon.com.br", "BR"},
       {"amazon.se", "SE"},
       {"amazon.pl", "PL"}}};
  for (const auto& [name, market] : kMarkets)
    if (host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.'))
      return market;
  return {};
}

bool names_its_marketplace(std::string_view host) {
  return host.starts_with("amazon.") || host.find(".amazon.") != std::string_view::npos;
}

const RequiredStatement& english() {
  return *std::ranges::find(required_statements(), "amazon-en", &RequiredStatement::key);
}

}  // namespace

const std::vector<RequiredStatement>& required_statements() {
  static const std::vector<RequiredStatement> all = [] {
    std::vector<RequiredStatement> read;
    const auto json =
        nlohmann::json::parse(disclosure_data::file("wording/required_statements.json"));
    for (const auto& entry : json) {
      RequiredStatement made;
      made.network = entry.at("network");
      if (made.network.find('-') != std::string::npos) continue;  // "amazon-legacy"
      made.language = entry.at("lang");
      made.key = made.network + '-' + ascii::to_lower(made.language);
      made.markets = split(entry.at("market").get<std::string>(), '/');
      made.text = entry.at("text");
      made.verified = entry.at("status").get<std::string>().starts_with("V");
      read.push_back(std::move(made));
    }
    return read;
  }();
  return all;
}

bool is_usable(const RequiredStatement& statement, const Choices& choices) {
  return statement.verified ||
         std::ranges::find(choices.confirmed, statement.key) != choices.confirmed.end();
}

const RequiredStatement& amazon_statement(std::string_view host, std::string_view page_language) {
  const std::string_view market = market_of(host);
  if (market.empty() && names_its_marketplace(host)) return english();
  const RequiredStatement* found = nullptr;
  for (const RequiredStatement& each : required_statements()) {
    if (each.network != kAmazon) continue;
    const bool of_page =
        primary_subtag(each.language) == ascii::to_lower(primary_subtag(page_language));
    const bool of_market = std::ranges::find(each.markets, market) != each.markets.end();
    if (market.empty() ? of_page : of_market && (of_page || found == nullptr)) found = &each;
  }
  return found != nullptr ? *found : english();
}

}  // namespace candor::disclosure
