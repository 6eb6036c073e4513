#pragma once
// Which articles an unknown sub-id or tag may stand for, by their names: what the owner reads
// before a rule is made.
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/strong_id.h"

namespace candor::attribution {

struct KnownArticle {
  ArticleId article;
  std::string path;  ///< "/best-kettles/"
};

struct NamedAlike {
  ArticleId article;
  std::string path;
  bool same = false;             ///< the text is its path, or the path's end
  std::size_t shared_words = 0;  ///< telling ones
  friend bool operator==(const NamedAlike&, const NamedAlike&) = default;
};

/// Letters and digits are compared alone, without regard to case; a tag like "best-kettles-20" also
/// without what stands behind its last hyphen.
class NameMatcher {
 public:
  explicit NameMatcher(std::span<const KnownArticle> articles);

  /// Those of the same name first, then those that share most words; by path. A word that more than
  /// a quarter of the articles have (and more than three) tells nothing, nor does one of fewer than
  /// three letters; "kettle" and "kettles" are one.
  std::vector<NamedAlike> find(std::string_view text, std::size_t limit) const;

 private:
  struct Named {
    KnownArticle article;
    std::string core, end;  ///< of the path and of its last segment
    std::vector<std::string> words;
  };
  std::vector<Named> articles_;
};

}  // namespace candor::attribution
