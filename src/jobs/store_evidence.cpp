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
  const auto id = find_click_token(sub_id, keys_);
  if (!id) return std::nullopt;
  const auto click = store_.find_click(*id);
  if (!click) return std::nullopt;
  return CandidateClick{click->id, click->link, click->article};
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

}  // namespace candor::jobs
