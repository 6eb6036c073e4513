#include "jobs/store_evidence.h"

#include <algorithm>
#include <utility>

#include "link/url.h"

namespace candor::jobs {

using attribution::CandidateClick;

StoreEvidence::StoreEvidence(const store::Store& store, const std::vector<ClickTokenKey>& keys,
                             const std::vector<std::string>& site_hosts)
    : store_(store), keys_(keys), site_hosts_(site_hosts) {
  for (store::LabelRule& rule : store.list_label_rules())
    rules_.emplace(Rule(std::move(rule.kind), std::move(rule.text), std::move(rule.network)),
                   rule.article);
}

std::optional<CandidateClick> StoreEvidence::find_click_by_token(std::string_view sub_id) const {
  const auto id = click_of(sub_id);
  if (!id) return std::nullopt;
  const auto found = store_.find_candidates(std::span(&*id, 1));
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::optional<ClickId> StoreEvidence::click_of(std::string_view sub_id) const {
  return find_click_token(sub_id, keys_);
}

std::optional<ArticleId> StoreEvidence::find_article_by_label(std::string_view network,
                                                              std::string_view sub_id) const {
  return find_rule("sub-id", network, sub_id);
}

std::optional<ArticleId> StoreEvidence::find_article_by_url(std::string_view url) const {
  const auto parsed = parse_url(url);
  if (!parsed || std::ranges::find(site_hosts_, parsed->host) == site_hosts_.end())
    return std::nullopt;
  const auto article = store_.find_article(parsed->path);
  return article ? std::optional(article->id) : std::nullopt;
}

std::optional<ArticleId> StoreEvidence::find_article_by_tag(std::string_view network,
                                                            std::string_view tag) const {
  return find_rule("tag", network, tag);
}

/// A rule for the very network goes before one for any.
std::optional<ArticleId> StoreEvidence::find_rule(std::string_view kind, std::string_view network,
                                                  std::string_view text) const {
  for (const std::string_view each : {network, std::string_view()}) {
    const auto found = rules_.find(std::tuple(kind, text, each));
    if (found != rules_.end()) return found->second;
  }
  return std::nullopt;
}

BatchEvidence::BatchEvidence(const StoreEvidence& all, const std::vector<std::string_view>& sub_ids)
    : all_(all) {
  std::vector<ClickId> ids;
  for (const std::string_view sub_id : sub_ids)
    if (const auto id = all.click_of(sub_id)) ids.push_back(*id);
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  clicks_ = all.store().find_candidates(ids);
}

std::optional<CandidateClick> BatchEvidence::find_click_by_token(std::string_view sub_id) const {
  const auto id = all_.click_of(sub_id);
  if (!id) return std::nullopt;
  const auto at = std::ranges::lower_bound(clicks_, *id, {}, &CandidateClick::id);
  if (at == clicks_.end() || at->id != *id) return std::nullopt;
  return *at;
}

}  // namespace candor::jobs
