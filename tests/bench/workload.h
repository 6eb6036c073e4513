#pragma once
// What every benchmark is made of: the same readers, pages and links each time, drawn from a seed.
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <random>
#include <string>
#include <vector>

#include "link/link.h"
#include "link/link_table.h"

namespace candor::bench {

inline constexpr std::size_t kUserAgents = 1'000;
inline constexpr std::size_t kAddresses = 10'000;
inline constexpr std::size_t kReferers = 2'000;
inline constexpr std::size_t kArticles = 500;

struct Readers {
  std::vector<std::string> user_agents;  ///< browsers, and one in twenty a bot
  std::vector<std::string> addresses;
  std::vector<std::string> referers;  ///< pages of the site, four in five of them known articles
};
Readers make_readers();

/// What a reader follows: a link of the page they come from. Each article has its own share of the
/// links.
struct Followed {
  std::size_t referer = 0;
  std::size_t link = 0;
};
template <class Random>
Followed follow(Random& random, std::size_t links) {
  Followed followed{random() % kReferers, 0};
  const std::size_t share = links / kArticles;
  followed.link =
      share == 0 ? random() % links : followed.referer % kArticles * share + random() % share;
  return followed;
}
/// Whether the n-th referer is a known article, which then is the (n modulo kArticles)-th.
constexpr bool is_article(std::size_t referer) { return referer % 5 != 0; }

/// The n-th link: slug "product-name-000123", an Awin destination that takes a token.
Link make_link(std::size_t n);
/// The path of the n-th article.
std::string article_path(std::size_t n);
LinkTable make_link_table(std::size_t links,
                          std::pmr::memory_resource* memory = std::pmr::get_default_resource());

/// A browser's request for a random link by a random reader.
class RequestMaker {
 public:
  enum class Connection : std::uint8_t { KeepAlive, Close };

  RequestMaker(std::size_t links, std::uint32_t seed, Connection connection);
  std::string next();

 private:
  std::size_t pick(std::size_t count) { return random_() % count; }

  Readers readers_;
  std::size_t links_;
  Connection connection_;
  std::mt19937 random_;
};

}  // namespace candor::bench
