#pragma once
// What attribution asks of the world, answered from the store.
#include <string>
#include <vector>

#include "attribution/match.h"
#include "click/click_token.h"
#include "store/store.h"

namespace candor::jobs {

class StoreEvidence final : public attribution::Evidence {
 public:
  StoreEvidence(const store::Store& store, const std::vector<ClickTokenKey>& keys,
                const std::vector<std::string>& site_hosts)
      : store_(store), keys_(keys), site_hosts_(site_hosts) {}

  std::optional<attribution::CandidateClick> find_click_by_token(
      std::string_view sub_id) const override;
  std::optional<ArticleId> find_article_by_label(std::string_view network,
                                                 std::string_view sub_id) const override;
  std::optional<ArticleId> find_article_by_url(std::string_view url) const override;
  std::optional<ArticleId> find_article_by_tag(std::string_view network,
                                               std::string_view tag) const override;
  std::vector<attribution::CandidateClick> find_candidate_clicks(
      std::string_view network, std::string_view tag, std::string_view product,
      std::int64_t from_ms, std::int64_t to_ms, std::size_t limit) const override;

 private:
  bool leads_to(LinkId id, std::string_view tag, std::string_view product) const;

  const store::Store& store_;
  const std::vector<ClickTokenKey>& keys_;
  const std::vector<std::string>& site_hosts_;
};

}  // namespace candor::jobs
