#pragma once
// What happened when: the owner's annotations, and what scans found changed of articles. Callable
// from any thread.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/strong_id.h"
#include "rollup/site_zone.h"

namespace candor::store {

/// A remark about days, of the whole site or of one article.
struct Annotation {
  std::int64_t id = 0;
  rollup::DayNumber from = 0;  ///< both included
  rollup::DayNumber to = 0;
  ArticleId article{};  ///< none: the whole site
  std::string text;
  std::string author;
  std::int64_t version = 1;  ///< rises with each change
  std::int64_t created_at_ms = 0;
};

/// An article as a scan found it that was the first, or saw another title, verdict, number of
/// findings or other paid links than the one before.
struct ArticleRevision {
  ArticleId article{};
  std::int64_t at_ms = 0;
  std::string title;
  std::string verdict;  ///< as Article::verdict
  std::int64_t finding_count = 0;
  std::int64_t link_count = 0;
  std::int64_t links_added = 0;
  std::int64_t links_removed = 0;
};

class HistoryStore {
 public:
  virtual ~HistoryStore() = default;

  /// `id` and `version` are given by the store; answers the id.
  virtual std::int64_t add_annotation(const Annotation& annotation) = 0;
  /// False when there is none of its id and version: it was changed or removed meanwhile.
  virtual bool update_annotation(const Annotation& annotation) = 0;
  virtual bool remove_annotation(std::int64_t id) = 0;
  virtual std::optional<Annotation> find_annotation(std::int64_t id) const = 0;
  /// Those that touch [from, to], by their first day.
  virtual std::vector<Annotation> list_annotations(rollup::DayNumber from,
                                                   rollup::DayNumber to) const = 0;

  /// Oldest first.
  virtual std::vector<ArticleRevision> list_revisions(ArticleId article) const = 0;
  /// Of all articles, before a moment, oldest first.
  virtual std::vector<ArticleRevision> list_revisions_before(std::int64_t before_ms) const = 0;
};

}  // namespace candor::store
