// Which destination serves a reader: a link without rules, one with a few, one that splits.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "link/route.h"
#include "networks/link_entry.h"

namespace candor::bench {
namespace {

constexpr std::string_view kRules =
    R"({"rules":[{"country":["US","CA"],"device":["mobile"],"destination":"https://a.example/"},)"
    R"({"language":["fr","nl"],"schedule":{"weekdays":["sat","sun"]},)"
    R"("destination":"https://b.example/"},)"
    R"({"query":[{"name":"src","equals":"mail"}],"destination":"https://c.example/"},)"
    R"({"split":[{"destination":"https://d.example/{article}?c={country}","weight":700},)"
    R"({"destination":"https://e.example/{article}?c={country}","weight":300}]}]})";

LinkTable table_with(std::string_view targeting) {
  Link link;
  link.id = {1};
  link.slug = "kettle";
  link.destination = "https://www.awin1.com/cread.php?awinmid=7052&awinaffid=189999";
  link.targeting = targeting;
  const networks::LinkPatterns patterns;
  return {{networks::make_link_entry(patterns, link).value()}, {}};
}

void route_links(benchmark::State& state, std::string_view targeting, bool fill) {
  const LinkTable table = table_with(targeting);
  const FoundLink link = table.find_link("kettle").value();
  TargetingContext context{.country = Country::parse("DE").value(),
                           .device = Device::Desktop,
                           .os = Os::Linux,
                           .language = "de",
                           .query = "a=/recipes/soup/&p=3"};
  const HumanClicks counts;
  for (auto _ : state) {
    ++context.visitor;
    const Route route = find_route(table, link, context, counts);
    benchmark::DoNotOptimize(route);
    if (fill)
      benchmark::DoNotOptimize(route.location({.click = "a0123456789abcdef",
                                               .article = "/recipes/soup/",
                                               .placement = 3,
                                               .country = context.country,
                                               .query = context.query}));
  }
}

void decide_plain(benchmark::State& state) { route_links(state, "", false); }
void decide_four_rules(benchmark::State& state) { route_links(state, kRules, false); }
void fill_plain(benchmark::State& state) { route_links(state, "", true); }
void fill_four_rules(benchmark::State& state) { route_links(state, kRules, true); }
BENCHMARK(decide_plain);
BENCHMARK(decide_four_rules);
BENCHMARK(fill_plain);
BENCHMARK(fill_four_rules);

}  // namespace
}  // namespace candor::bench
