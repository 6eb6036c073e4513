#include "jobs/store_evidence.h"

#include <algorithm>
#include <ranges>
#include <unordered_map>

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
    std::string_view network, std::string_view tag, std::string_view product, std::int64_t from_ms,
    std::int64_t to_ms, std::size_t limit) const {
  std::unordered_map<std::int64_t, bool> fits;
  std::vector<CandidateClick> out;
  for (const Click& click : store_.list_network_clicks(network, from_ms, to_ms, limit)) {
    const auto [at, fresh] = fits.try_emplace(click.link.value);
    if (fresh) at->second = leads_to(click.link, tag, product);
    if (at->second) out.push_back({click.id, click.link, click.article});
  }
  return out;
}

/// By the link's destination as it stands: what it was at the click is not kept.
bool StoreEvidence::leads_to(LinkId id, std::string_view tag, std::string_view product) const {
  if (tag.empty() && product.empty()) return true;
  const auto link = store_.find_link(id);
  const auto url = link ? parse_url(link->destination) : std::unexpected(UrlError::Empty);
  if (!url) return false;
  std::vector<std::string> words;
  for (QueryParameter& parameter : parse_query(url->query))
    words.push_back(std::move(parameter.value));
  const auto holds = [&words](std::string_view word) {
    return word.empty() || std::ranges::find(words, word) != words.end();
  };
  if (!holds(tag)) return false;
  for (const auto segment : std::views::split(std::string_view(url->path), '/'))
    words.push_back(percent_decode(std::string_view(segment)));
  return holds(product);
}

}  // namespace candor::jobs
