#pragma once
// The owner's rules (this sub-id or tag belongs to that article), the commissions they concern, and
// what summary reports count. Callable from any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"
#include "revenue/money.h"
#include "rollup/site_zone.h"
#include "store/revenue_store.h"

namespace candor::store {

/// Made while Candor ran, beside those of the configuration, and stronger than them.
struct OwnerRule {
  std::int64_t id = 0;
  LabelRule rule;
  bool page_tag = false;  ///< a tag that the article's pages carry in their direct links, too
  std::int64_t added_at_ms = 0;
};

/// What a network itself counted of a tag or link type, by the latest report that tells of it.
struct CountedClicks {
  std::string name;  ///< "mysite-20", "Text Only"
  std::int64_t clicks = 0;
  std::optional<rollup::DayNumber> from_day;  ///< both included; nothing: the report does not say
  std::optional<rollup::DayNumber> to_day;
};

struct ArticleMoney {
  ArticleId article;
  Money amount;
};

class RuleStore {
 public:
  virtual ~RuleStore() = default;

  /// Its id. Nothing when the owner has a rule for the same network, kind and text, or, for a
  /// page's tag, one for the article.
  virtual std::optional<std::int64_t> add_owner_rule(const OwnerRule& rule) = 0;
  virtual bool remove_owner_rule(std::int64_t id) = 0;
  virtual std::vector<OwnerRule> list_owner_rules() const = 0;  ///< oldest first

  /// The latest change of a rule (the configuration's too) that booked commissions do not follow
  /// yet; 0: they follow all.
  virtual std::int64_t last_rule_change() const = 0;
  /// They follow the changes up to this one now.
  virtual void settle_rule_changes(std::int64_t last) = 0;
  /// As list_booked, of any tier and withdrawn ones too: with a sub-id or tag, now or before, of
  /// which a rule changed.
  virtual std::vector<UnbookedEvent> list_relabelled(std::size_t limit,
                                                     CommissionId after) const = 0;
  /// As list_booked: those that share another's weights but have none of its latest. Rebook them
  /// by `original`, one of a family at a time, and ask again.
  virtual std::vector<UnbookedEvent> list_followers(std::size_t limit) const = 0;

  /// Days on which the network's own order reports tell of the product; ascending.
  virtual std::vector<rollup::DayNumber> list_order_days(std::string_view network,
                                                         std::string_view tag,
                                                         std::string_view product) const = 0;
  virtual std::vector<CountedClicks> list_tag_clicks(std::string_view network) const = 0;
  virtual std::vector<CountedClicks> list_link_type_clicks(std::string_view network) const = 0;
  /// What articles got of the network's commissions of events since then, without reversed ones.
  virtual std::vector<ArticleMoney> list_article_money(std::string_view network,
                                                       std::int64_t from_ms) const = 0;
};

}  // namespace candor::store
