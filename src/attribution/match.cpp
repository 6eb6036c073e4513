#include "attribution/match.h"

#include <utility>

namespace candor::attribution {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// Reports may be written in the account's zone (up to 14 h from UTC) by a clock that is not ours: a
// click counts as before its purchase when it is at most this much later.
constexpr std::int64_t kReportClockSlackMs = kDayMs;

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

std::optional<Match> match(const CommissionRow& row, std::string_view network,
                           const Evidence& evidence) {
  std::optional<CandidateClick> click;
  if (!row.sub_id.empty()) click = evidence.find_click_by_token(row.sub_id);
  const bool too_late = click && at_ms(click->id) > latest_click_ms(row);
  if (too_late) click.reset();
  if (click && click->article)
    return Match{Tier::ClickToken,
                 "exact",
                 {{click->article, click->link, click->id, 1}},
                 "The network returned the token of a click on this article."};

  std::optional<Match> named = match_label_or_referrer(row, network, evidence);
  if (click && named) {
    named->weights.front().link = click->link;
    named->weights.front().click = click->id;
  }
  if (named) return named;
  if (click)
    return Match{Tier::ClickToken,
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
  return std::nullopt;
}

Match match_nothing(const CommissionRow& row) {
  return unattributed("No click of this network" +
                      (row.tag.empty() ? std::string() : " with the tag " + quoted(row.tag)) +
                      " was recorded in the programme's window.");
}

}  // namespace candor::attribution
