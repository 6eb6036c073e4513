// Bytes to a request, and an answer to bytes.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "bench/workload.h"
#include "http/head_scanner.h"
#include "http/request_reader.h"
#include "http/response_writer.h"
#include "redirect/answers.h"

namespace candor::bench {
namespace {

std::vector<std::string> make_requests() {
  RequestMaker maker(10'000, 1, RequestMaker::Connection::KeepAlive);
  std::vector<std::string> requests;
  for (int i = 0; i < 1024; ++i) requests.push_back(maker.next());
  return requests;
}

void scan_head(benchmark::State& state) {
  const auto requests = make_requests();
  const http::Limits limits;
  std::vector<http::HeadField> fields;
  std::size_t at = 0;
  for (auto _ : state) {
    http::HeadScanner scanner;
    fields.clear();
    benchmark::DoNotOptimize(scanner.scan(requests[at++ % requests.size()], limits, fields));
  }
}
BENCHMARK(scan_head);

void parse_head(benchmark::State& state) {
  const auto requests = make_requests();
  const http::Limits limits;
  http::MessagePool pool;
  http::RequestReader reader(pool, limits);
  std::size_t at = 0;
  for (auto _ : state) {
    if (reader.read(requests[at++ % requests.size()]) != http::RequestReader::Step::Complete) {
      state.SkipWithError("the request was not read");
      break;
    }
    benchmark::DoNotOptimize(reader.request());
    reader.next();
  }
}
BENCHMARK(parse_head);

void encode_answer(benchmark::State& state) {
  const LinkTable table = make_link_table(1);
  const DestinationView destination = table.find_link(make_link(0).slug)->destination;
  std::string out;
  for (auto _ : state) {
    out.clear();
    http::append_response(
        out, redirect::redirect_answer(destination.with_token("a0123456789abcdef"), true), {},
        "Sun, 06 Nov 1994 08:49:37 GMT");
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(encode_answer);

}  // namespace
}  // namespace candor::bench
