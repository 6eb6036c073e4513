#pragma once
// What the last look at each link's destination found. Callable from any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"

namespace candor::store {

struct LinkCheck {
  LinkId link;
  std::string url;  ///< that was asked; empty when none may be
  /// "ok"; "dead"; "failing": it may be passing; "unsure": the server does not answer machines;
  /// "unchecked": it may not be asked.
  std::string health;
  int status = 0;  ///< of the last HTTP answer; 0: none
  std::string detail;
  std::int64_t checked_at_ms = 0;
  std::optional<std::int64_t> failing_since_ms{};  ///< the first of the failures in a row
  std::int64_t failures = 0;                       ///< in a row
  friend bool operator==(const LinkCheck&, const LinkCheck&) = default;
};

class LinkCheckStore {
 public:
  virtual ~LinkCheckStore() = default;

  /// By link, of those that are not removed.
  virtual std::vector<LinkCheck> list_link_checks() const = 0;
  virtual std::vector<LinkCheck> list_dead_links() const = 0;
  virtual std::optional<LinkCheck> find_link_check(LinkId link) const = 0;
  /// One transaction.
  virtual void record_link_checks(const std::vector<LinkCheck>& checks) = 0;
  /// Articles whose last scan saw the link of this slug, by id.
  virtual std::vector<ArticleId> list_articles_of_slug(std::string_view slug) const = 0;
};

}  // namespace candor::store
