// A slug to its link, and a link to its Location.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "bench/workload.h"
#include "redirect/huge_pages.h"
#include "redirect/visit.h"

namespace candor::bench {
namespace {

/// Slugs of as many look-ups as fit the caches little; `pick` says of which link each one is.
template <class Pick>
void find_picked(benchmark::State& state, Pick pick) {
  const LinkTable table =
      make_link_table(static_cast<std::size_t>(state.range(0)), redirect::huge_pages());
  std::vector<std::string> slugs;
  for (int i = 0; i < 65'536; ++i) slugs.push_back(make_link(pick()).slug);
  std::size_t at = 0;
  for (auto _ : state) {
    const auto link = table.find_link(slugs[at++ % slugs.size()]);
    if (!link) {
      state.SkipWithError("a link was not found");
      break;
    }
    benchmark::DoNotOptimize(link->destination.before.data());
  }
}

/// Every link as often as any other: the worst case.
void find_link(benchmark::State& state) {
  std::mt19937 random(1);
  find_picked(state,
              [&, links = static_cast<std::size_t>(state.range(0))] { return random() % links; });
}
BENCHMARK(find_link)->Arg(10'000)->Arg(1'000'000);

/// As readers follow links: the n-th most popular one an n-th as often as the first (Zipf's law,
/// exponent 1). Popular links are spread over the table.
void find_popular_link(benchmark::State& state) {
  const auto links = static_cast<std::size_t>(state.range(0));
  std::vector<double> reach;
  double total = 0;
  for (std::size_t rank = 1; rank <= links; ++rank)
    reach.push_back(total += 1.0 / static_cast<double>(rank));
  std::vector<std::size_t> by_rank(links);
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  std::mt19937 random(1);
  std::ranges::shuffle(by_rank, random);
  std::uniform_real_distribution<double> chance(0, total);
  find_picked(state, [&] {
    const auto rank = std::ranges::lower_bound(reach, chance(random)) - reach.begin();
    return by_rank[std::min(static_cast<std::size_t>(rank), links - 1)];
  });
}
BENCHMARK(find_popular_link)->Arg(10'000)->Arg(1'000'000);

void find_source(benchmark::State& state) {
  const LinkTable table = make_link_table(1);
  const std::vector<std::string> hosts{"blog.example"};
  std::vector<http::Request> requests;
  for (const std::string& referer : make_readers().referers) {
    requests.emplace_back();
    requests.back().headers = {{"Host", "blog.example"}, {"Referer", referer}};
  }
  std::size_t at = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(redirect::read_source(requests[at++ % requests.size()], table, hosts));
}
BENCHMARK(find_source);

void make_location(benchmark::State& state) {
  const LinkTable table = make_link_table(64);
  std::vector<FoundLink> links;
  for (std::size_t n = 0; n < 64; ++n) links.push_back(table.find_link(make_link(n).slug).value());
  std::size_t at = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(links[at++ % 64].destination.with_token("a0123456789abcdef"));
}
BENCHMARK(make_location);

}  // namespace
}  // namespace candor::bench
