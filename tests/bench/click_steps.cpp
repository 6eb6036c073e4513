// Who clicked, and whether it counts.
#include <benchmark/benchmark.h>

#include <vector>

#include "bench/workload.h"
#include "click/bot_filter.h"
#include "click/click_token.h"
#include "click/visitor.h"
#include "redirect/client_address.h"
#include "redirect/repeat_filter.h"

namespace candor::bench {
namespace {

void find_client(benchmark::State& state) {
  const redirect::TrustedProxies proxies({"127.0.0.1", "::1"});
  std::vector<http::Request> requests;
  for (const std::string& address : make_readers().addresses) {
    requests.emplace_back();
    requests.back().peer = "127.0.0.1";
    requests.back().headers = {{"Host", "blog.example"}, {"X-Forwarded-For", address}};
  }
  std::size_t at = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(proxies.client_address(requests[at++ % requests.size()]));
}
BENCHMARK(find_client);

void name_visitor(benchmark::State& state) {
  const Readers readers = make_readers();
  const VisitorSalt salt{1, 2, 3};
  std::size_t at = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(visitor_key(salt, readers.addresses[at % kAddresses],
                                         readers.user_agents[at % kUserAgents]));
    ++at;
  }
}
BENCHMARK(name_visitor);

void classify_user_agent(benchmark::State& state) {
  const BotFilter bots;
  const Readers readers = make_readers();
  for (const std::string& agent : readers.user_agents)
    benchmark::DoNotOptimize(bots.find_bot(agent));
  std::size_t at = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(bots.find_bot(readers.user_agents[at++ % kUserAgents]));
}
BENCHMARK(classify_user_agent);

void find_repeat(benchmark::State& state) {
  redirect::RepeatFilter repeats(std::chrono::seconds{30});
  std::uint64_t visitor = 0;
  for (auto _ : state) {
    visitor = visitor * 6364136223846793005u + 1442695040888963407u;
    benchmark::DoNotOptimize(repeats.is_repeat(visitor, LinkId{1}, Millis{}));
  }
}
BENCHMARK(find_repeat);

void make_token(benchmark::State& state) {
  const ClickTokenKey key{'a', {1, 2, 3}};
  std::int64_t id = std::int64_t{1} << 60;
  for (auto _ : state) benchmark::DoNotOptimize(make_click_token(ClickId{++id}, key));
}
BENCHMARK(make_token);

}  // namespace
}  // namespace candor::bench
