#include "jobs/store_evidence.h"

#include <algorithm>

#include "link/url.h"

namespace candor::jobs {

using attribution::CandidateClick;

std::optional<CandidateClick> StoreEvidence::find_click_by_token(std::string_view sub_id) const {
  const auto id = find_click_token(sub_id, keys_);
  if (!id) return std::nullopt;
  const auto click = store_.find_click(*id);
  if (!click) return std::nullopt;
  return CandidateClick{click->id, click->link, click->article};
}

std::optional<ArticleId> StoreEvidence::find_article_by_label(std::string_view network,
                                                              std::string_view sub_id) const {
  return store_.find_labelled_article(network, "sub-id", sub_id);
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
  return store_.find_labelled_article(network, "tag", tag);
}

std::vector<CandidateClick> StoreEvidence::find_candidate_clicks(
    std::string_view network, std::string_view /*tag*/, std::string_view /*product*/,
    std::int64_t from_ms, std::int64_t to_ms, std::size_t limit) const {
  // Clicks know their link, and a link its network; tags and products live in destinations that the
  // owner may edit, so they narrow nothing that can be trusted for a past click.
  std::vector<CandidateClick> out;
  for (const Click& click : store_.list_network_clicks(network, from_ms, to_ms, limit))
    out.push_back({click.id, click.link, click.article});
  return out;
}

}  // namespace candor::jobs
