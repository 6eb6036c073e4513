#include "attribution/match.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace candor::attribution {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// Reports may be written in the account's zone (up to 14 h from UTC) by a clock that is not ours: a
// click counts as before its purchase when it is at most this much later.
constexpr std::int64_t kReportClockSlackMs = kDayMs;

// Amazon's Fee-Earnings rows are dated by the day of shipping, in the marketplace's zone.
constexpr std::int64_t kShippingMs = 7 * kDayMs;
constexpr std::int64_t kZoneSlackMs = 12 * kHourMs;

constexpr std::size_t kCandidateLimit = 100'000;

struct Window {
  std::string_view network;
  std::int64_t ms;
};
// Amazon: 24 h from click to order or cart (Associates Program Policies, 2025-10-15; the 90 days of
// a cart cannot be seen from a report). eBay: 24 h (partnernetwork.ebay.de, "step-3"). ClickBank:
// 60 days (ClickBank's help on its cookie). Elsewhere each merchant sets 1 to 90 days.
constexpr std::array<Window, 3> kWindows{
    {{"amazon", kDayMs}, {"ebay", kDayMs}, {"clickbank", 60 * kDayMs}}};
constexpr std::int64_t kUsualWindowMs = 30 * kDayMs;

Match one_article(Tier tier, ArticleId article, std::string reason) {
  return {tier, "exact", {{article, {}, {}, 1}}, std::move(reason)};
}

Match unattributed(std::string reason) {
  return {Tier::Unattributed, "none", {Weight{}}, std::move(reason)};
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::int64_t latest_click_ms(const CommissionRow& row) {
  return row.event_at_ms + (row.precision == TimePrecision::Day ? kDayMs : 0) + kReportClockSlackMs;
}

/// The article a configured label or the referring page names.
std::optional<Match> match_label_or_referrer(const CommissionRow& row, std::string_view network,
                                             const Evidence& evidence) {
  if (!row.sub_id.empty())
    if (const auto article = evidence.find_article_by_label(network, row.sub_id))
      return one_article(Tier::LabelOrReferrer, *article,
                         "The sub-id " + quoted(row.sub_id) + " is a label of this article.");
  if (!row.referring_url.empty())
    if (const auto article = evidence.find_article_by_url(row.referring_url))
      return one_article(
          Tier::LabelOrReferrer, *article,
          "The network names this page as the referring one: " + row.referring_url + ".");
  return std::nullopt;
}

struct Range {
  std::int64_t from_ms;
  std::int64_t to_ms;
};

Range candidate_range(const CommissionRow& row, std::string_view network) {
  Range range{row.event_at_ms - window_ms(network), row.event_at_ms + 1};
  if (row.precision == TimePrecision::Day) {
    range.from_ms -= kZoneSlackMs;
    range.to_ms += kDayMs + kZoneSlackMs;
  }
  if (network == "amazon") range.from_ms -= kShippingMs;
  return range;
}

/// Equal weight per click. Clicks of one link on one article are held as one weight, at the place
/// of the first of them: a popular shared tag would otherwise freeze thousands of weights per row.
Match model_equal_per_click(const std::vector<CandidateClick>& clicks, const CommissionRow& row,
                            bool same_product) {
  std::map<std::pair<ArticleId, LinkId>, Weight> groups;
  for (const CandidateClick& click : clicks) {
    const auto [at, is_new] = groups.try_emplace({click.article, click.link},
                                                 Weight{click.article, click.link, click.id, 1});
    if (is_new) continue;
    ++at->second.weight;
    at->second.click = std::min(at->second.click, click.id);
  }
  Match match{Tier::Modelled, "equal-per-click", {}, {}};
  for (const auto& [key, weight] : groups) match.weights.push_back(weight);
  std::ranges::sort(match.weights, [](const Weight& a, const Weight& b) {
    return std::pair(a.click, a.article) < std::pair(b.click, b.article);
  });
  match.reason =
      "Modelled: split equally over " + std::to_string(clicks.size()) + " clicks on " +
      (same_product ? "the same product" : "any product of the network") +
      (row.tag.empty() ? std::string() : " with the tag " + quoted(row.tag)) +
      " in the programme's window" +
      (clicks.size() == kCandidateLimit ? "; more clicks than that were left out." : ".");
  return match;
}

std::optional<Match> match_by_model(const CommissionRow& row, std::string_view network,
                                    const Evidence& evidence) {
  const Range range = candidate_range(row, network);
  const auto candidates = [&](std::string_view product) {
    return evidence.find_candidate_clicks(network, row.tag, product, range.from_ms, range.to_ms,
                                          kCandidateLimit);
  };
  if (!row.product.empty())
    if (const auto clicks = candidates(row.product); !clicks.empty())
      return model_equal_per_click(clicks, row, true);
  if (const auto clicks = candidates({}); !clicks.empty())
    return model_equal_per_click(clicks, row, false);
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Tier tier) {
  switch (tier) {
    case Tier::ClickToken:
      return "click-token";
    case Tier::LabelOrReferrer:
      return "label";
    case Tier::ArticleTag:
      return "article-tag";
    case Tier::Modelled:
      return "modelled";
    case Tier::Unattributed:
      break;
  }
  return "unattributed";
}

std::int64_t window_ms(std::string_view network) {
  const auto* found = std::ranges::find(kWindows, network, &Window::network);
  return found == kWindows.end() ? kUsualWindowMs : found->ms;
}

Match match(const CommissionRow& row, std::string_view network, const Evidence& evidence) {
  std::optional<CandidateClick> click;
  if (!row.sub_id.empty()) click = evidence.find_click_by_token(row.sub_id);
  const bool too_late = click && at_ms(click->id) > latest_click_ms(row);
  if (too_late) click.reset();
  if (click && click->article)
    return {Tier::ClickToken,
            "exact",
            {{click->article, click->link, click->id, 1}},
            "The network returned the token of a click on this article."};

  std::optional<Match> named = match_label_or_referrer(row, network, evidence);
  if (click && named) {
    named->weights.front().link = click->link;
    named->weights.front().click = click->id;
  }
  if (named) return *named;
  if (click)
    return {Tier::ClickToken,
            "exact",
            {{{}, click->link, click->id, 1}},
            "The network returned the token of a click whose article is unknown."};

  if (!row.tag.empty())
    if (const auto article = evidence.find_article_by_tag(network, row.tag))
      return one_article(Tier::ArticleTag, *article,
                         "The tag " + quoted(row.tag) + " belongs to this article alone.");
  if (too_late)
    return unattributed("The returned token belongs to a click that came after the purchase.");
  // A sub-id that is not ours says that the purchase began elsewhere: spreading it over our clicks
  // would be a guess against the evidence.
  if (!row.sub_id.empty())
    return unattributed("The sub-id " + quoted(row.sub_id) +
                        " is neither a token of a known click nor a configured label.");
  if (std::optional<Match> modelled = match_by_model(row, network, evidence)) return *modelled;
  return unattributed("No click of this network" +
                      (row.tag.empty() ? std::string() : " with the tag " + quoted(row.tag)) +
                      " was recorded in the programme's window.");
}

}  // namespace candor::attribution
