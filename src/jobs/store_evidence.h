#pragma once
// What attribution asks of the world, answered from the store.
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "attribution/match.h"
#include "click/click_token.h"
#include "store/store.h"

namespace candor::jobs {

class StoreEvidence final : public attribution::Evidence {
 public:
  StoreEvidence(const store::Store& store, const std::vector<ClickTokenKey>& keys,
                const std::vector<std::string>& site_hosts);

  /// Opens a block of a closed day for one click: for many there is BatchEvidence.
  std::optional<attribution::CandidateClick> find_click_by_token(
      std::string_view sub_id) const override;
  std::optional<ArticleId> find_article_by_label(std::string_view network,
                                                 std::string_view sub_id) const override;
  std::optional<ArticleId> find_article_by_url(std::string_view url) const override;
  std::optional<ArticleId> find_article_by_tag(std::string_view network,
                                               std::string_view tag) const override;

  const store::Store& store() const { return store_; }
  /// The click that a token names, stored or not.
  std::optional<ClickId> click_of(std::string_view sub_id) const;

 private:
  using Rule = std::tuple<std::string, std::string, std::string>;  ///< kind, text, network

  std::optional<ArticleId> find_rule(std::string_view kind, std::string_view network,
                                     std::string_view text) const;

  const store::Store& store_;
  const std::vector<ClickTokenKey>& keys_;
  const std::vector<std::string>& site_hosts_;
  std::map<Rule, ArticleId, std::less<>> rules_;  ///< as they stood at the beginning
};

/// The same evidence for many commissions at once: what their tokens name is read together.
class BatchEvidence final : public attribution::Evidence {
 public:
  /// `all` outlives it.
  BatchEvidence(const StoreEvidence& all, const std::vector<std::string_view>& sub_ids);

  /// One of the sub-ids.
  std::optional<attribution::CandidateClick> find_click_by_token(
      std::string_view sub_id) const override;
  std::optional<ArticleId> find_article_by_label(std::string_view network,
                                                 std::string_view sub_id) const override {
    return all_.find_article_by_label(network, sub_id);
  }
  std::optional<ArticleId> find_article_by_url(std::string_view url) const override {
    return all_.find_article_by_url(url);
  }
  std::optional<ArticleId> find_article_by_tag(std::string_view network,
                                               std::string_view tag) const override {
    return all_.find_article_by_tag(network, tag);
  }

 private:
  const StoreEvidence& all_;
  std::vector<attribution::CandidateClick> clicks_;  ///< ascending
};

}  // namespace candor::jobs
