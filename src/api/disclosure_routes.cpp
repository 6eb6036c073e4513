// Disclosure over the whole site: what share of its articles is disclosed, day by day, which are
// not, and the words that go into pages.
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "api/members.h"
#include "api/problem.h"
#include "api/report_queries.h"
#include "api/routes.h"
#include "base/ascii.h"
#include "disclosure/injection/own_texts.h"
#include "disclosure/injection/page_texts.h"
#include "disclosure/wording/jurisdictions.h"

namespace candor::api {
namespace {

using nlohmann::json;

/// Articles by verdict; "" is never audited.
using Counts = std::map<std::string, std::int64_t>;

json counts_json(const Counts& counts) {
  json out{{"pass", 0}, {"warn", 0},           {"indeterminate", 0},
           {"fail", 0}, {"not-applicable", 0}, {"unknown", 0}};
  for (const auto& [verdict, count] : counts)
    if (count != 0) out[verdict.empty() ? "unknown" : verdict] = count;
  return out;
}

/// How many articles had which verdict at the end of each step, by its last day.
json coverage_json(const Site& site, DayRange range) {
  const auto revisions = site.store.list_revisions_before(site.zone.start_of(range.to + 1));
  std::map<std::int64_t, std::string> verdicts;  // by article
  Counts counts;
  auto next = revisions.begin();
  json days = json::array();
  for (rollup::DayNumber day = range.from; day <= range.to; ++day) {
    const std::int64_t end = site.zone.start_of(day + 1);
    for (; next != revisions.end() && next->at_ms < end; ++next) {
      const auto [at, fresh] = verdicts.try_emplace(next->article.value, next->verdict);
      if (!fresh) --counts[at->second];
      ++counts[at->second = next->verdict];
    }
    if (day != range.to && !begins_step(range, day + 1)) continue;
    json row = counts_json(counts);
    row["day"] = rollup::format_day(day);
    days.push_back(std::move(row));
  }
  return days;
}

/// Its findings in short: which rules, and whose.
json article_json(const store::Article& article) {
  std::set<std::string> rules;
  std::set<std::string> jurisdictions;
  const json findings = json::parse(article.findings_json, nullptr, false);
  if (findings.is_array())
    for (const json& finding : findings) {
      if (finding.value("severity", "") == "info") continue;
      rules.insert(finding.value("rule", ""));
      jurisdictions.insert(finding.value("jurisdiction", ""));
    }
  return {{"path", article.path},
          {"title", article.title},
          {"verdict", article.verdict},
          {"finding_count", article.finding_count},
          {"seen_at_ms", article.seen_at_ms},
          {"rules", rules},
          {"jurisdictions", jurisdictions}};
}

std::vector<std::string> jurisdictions_of(const Call& call, const std::string& list) {
  std::vector<std::string> codes;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    const auto code = disclosure::parse_jurisdiction(list.substr(at, end - at));
    if (!code) throw Problem(422, code.error() + ".", "jurisdiction");
    codes.push_back(*code);
    at = end + 1;
  }
  return codes.empty() ? call.site.settings.jurisdictions : codes;
}

disclosure::Policy policy_for(const Call& call, const std::string& jurisdictions,
                              const std::string& language) {
  disclosure::Policy policy;
  policy.site_name = call.site.settings.name;
  policy.jurisdictions = jurisdictions_of(call, jurisdictions);
  policy.language = language.empty() ? call.site.settings.language : language;
  policy.choices = call.site.settings.choices;
  if (!policy.language.empty() && !disclosure::knows_language(policy.language))
    throw Problem(422, "There are no texts in \"" + policy.language + "\".", "language");
  return policy;
}

json texts_json(const disclosure::Policy& policy) {
  const disclosure::PageTexts texts = disclosure::texts_for(policy, "");
  std::vector<std::string> notes;
  const auto required = disclosure::required_paragraphs(
      std::vector<disclosure::PaidTarget>{{"amazon", ""}}, policy, texts.locale, notes);
  return {{"language", texts.locale},
          {"labels", texts.labels},
          {"label_stands", texts.labels_first ? "before" : "behind"},
          {"top", texts.statement},
          {"top_all", texts.statement_all},
          {"footer", texts.footer},
          {"title_label", texts.title_label},
          {"amazon", required.empty() ? "" : required.front().text},
          {"jurisdictions", policy.jurisdictions},
          {"notes", notes}};
}

}  // namespace

http::Response disclosure_coverage(Call& call) {
  const DayRange range = day_range(call);
  Counts now;
  json articles = json::array();
  for (const store::Article& article : call.site.store.list_articles()) {
    ++now[article.verdict];
    articles.push_back(article_json(article));
  }
  return json_response({{"schema", "candor.disclosure.coverage/1"},
                        {"from", rollup::format_day(range.from)},
                        {"to", rollup::format_day(range.to)},
                        {"jurisdictions", call.site.settings.jurisdictions},
                        {"now", counts_json(now)},
                        {"step", step_of(range)},
                        {"days", coverage_json(call.site, range)},
                        {"data", std::move(articles)}});
}

http::Response disclosure_texts(Call& call) {
  json out =
      texts_json(policy_for(call, call.query_value("jurisdiction"), call.query_value("language")));
  out["schema"] = "candor.disclosure.preview/1";
  out["languages"] = disclosure::template_locales();
  out["known_jurisdictions"] = disclosure::known_jurisdictions();
  return json_response(out);
}

http::Response preview_texts(Call& call) {
  const json body =
      read_body(call, "A text", {"language", "jurisdiction", "top", "top_all", "label", "footer"});
  disclosure::OwnTexts own{text_member(body, "language"), text_member(body, "top"),
                           text_member(body, "top_all"), text_member(body, "label"),
                           text_member(body, "footer")};
  if (own.language.empty() || !disclosure::knows_language(own.language))
    throw Problem(422, "language is one that there are texts in, such as \"de\" or \"en-GB\".",
                  "language");
  if (const auto fault = disclosure::fault_in(own)) {
    // "top: does not say that anyone is paid"
    const std::size_t colon = fault->find(':');
    throw Problem(422, *fault + ".", fault->substr(0, std::min(colon, fault->size())));
  }
  disclosure::Policy policy = policy_for(call, text_member(body, "jurisdiction"), own.language);
  std::erase_if(policy.choices.texts,
                [&](const disclosure::OwnTexts& each) { return each.language == own.language; });
  policy.choices.texts.push_back(std::move(own));
  json out = texts_json(policy);
  out["schema"] = "candor.disclosure.preview/1";
  return json_response(out);
}

}  // namespace candor::api
