#pragma once
// Data-driven credit by removal effect: how much rarer conversions would be without an article.
// Source: E. Anderl, I. Becker, F. von Wangenheim, J. H. Schumann, "Mapping the customer journey:
// Lessons learned from graph-based online attribution modeling", International Journal of Research
// in Marketing 33 (2016), 457-474 (SSRN 2343077): paths are walks of a Markov chain of first order
// from a start to "conversion" or "null"; the removal effect of a state is the part of all
// conversions that is lost when every way into it leads to "null".
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace candor::attribution {

/// The articles of one visitor's touches, oldest first; not empty.
struct ArticlePath {
  std::vector<std::size_t> articles;
  bool converts = false;
};

/// More articles than this on paths that may convert are refused: time grows with the cube of it.
inline constexpr std::size_t kMostMarkovArticles = 2'000;

/// The removal effect of each of `article_count` articles as a whole number: 2^48 for the greatest,
/// the others in proportion to it, to the nearest whole number. Relative errors stay below 2^-40
/// for any graph within the limit. All 0 when no path converts; empty when there are too many
/// articles.
std::vector<std::int64_t> removal_effects(std::size_t article_count,
                                          std::span<const ArticlePath> paths);

}  // namespace candor::attribution
