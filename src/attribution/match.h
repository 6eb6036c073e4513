#pragma once
// Decides which articles a commission came from, strongest evidence first (tiers 1 to 5), and
// freezes the weights.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "click/click_id.h"
#include "revenue/commission.h"

namespace candor::attribution {

/// Numbers are stored: never renumber.
enum class Tier : std::uint8_t {
  ClickToken = 1,       ///< our token came back and its click exists
  LabelOrReferrer = 2,  ///< sub-id is a configured label, or the network named the referring page
  ArticleTag = 3,       ///< tracking id owned by one article
  Modelled = 4,         ///< split over candidate clicks of the same network, tag and window
  Unattributed = 5,
};
std::string_view name_of(
    Tier tier);  ///< "click-token", "label", "article-tag", "modelled", "unattributed"

/// One article's part of a commission; weights are whole numbers, only their proportion counts.
struct Weight {
  ArticleId article;  ///< none: unattributed, or a click whose article is unknown
  LinkId link;
  ClickId click;
  std::int64_t weight = 1;
  friend bool operator==(const Weight&, const Weight&) = default;
};

struct Match {
  Tier tier = Tier::Unattributed;
  std::string model;            ///< "exact", "none", or that of a split: "linear"
  std::vector<Weight> weights;  ///< never empty; ordered by click, then article
  std::string reason;           ///< a sentence for the owner
};

struct CandidateClick {
  ClickId id;
  LinkId link;
  ArticleId article;
};

/// What matching may ask of the world. Implemented over the store; a fake in tests.
class Evidence {
 public:
  virtual ~Evidence() = default;
  virtual std::optional<CandidateClick> find_click_by_token(std::string_view sub_id) const = 0;
  virtual std::optional<ArticleId> find_article_by_label(std::string_view network,
                                                         std::string_view sub_id) const = 0;
  virtual std::optional<ArticleId> find_article_by_url(std::string_view url) const = 0;
  virtual std::optional<ArticleId> find_article_by_tag(std::string_view network,
                                                       std::string_view tag) const = 0;
};

/// How long after a click a purchase can still be its doing, by network (notes: attribution §3).
std::int64_t window_ms(std::string_view network);

/// Tiers 1 to 3, or Unattributed where the row says that its click was none of ours. Nothing: only
/// the clicks of the programme's window can say (attribution/window_model.h).
std::optional<Match> match(const CommissionRow& row, std::string_view network,
                           const Evidence& evidence);
/// For a row that neither evidence nor window tells anything of.
Match match_nothing(const CommissionRow& row);

}  // namespace candor::attribution
