// A slug to its link, and a link to its Location.
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "bench/workload.h"
#include "redirect/visit.h"

namespace candor::bench {
namespace {

void find_link(benchmark::State& state) {
  const auto links = static_cast<std::size_t>(state.range(0));
  const LinkTable table = make_link_table(links);
  std::mt19937 random(1);
  std::vector<std::string> slugs;
  for (int i = 0; i < 65'536; ++i) slugs.push_back(make_link(random() % links).slug);
  std::size_t at = 0;
  for (auto _ : state) {
    const LinkEntry* link = table.find_link(slugs[at++ % slugs.size()]);
    if (link == nullptr) {
      state.SkipWithError("a link was not found");
      break;
    }
    benchmark::DoNotOptimize(link);
  }
}
BENCHMARK(find_link)->Arg(10'000)->Arg(1'000'000);

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
  std::size_t at = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(table.links()[at++ % 64].destination.with_token("a0123456789abcdef"));
}
BENCHMARK(make_location);

}  // namespace
}  // namespace candor::bench
