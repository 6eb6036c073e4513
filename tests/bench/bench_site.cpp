// Makes what a benchmark of the finished program needs: a database full of links, and requests for
// them.
#include <sodium.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/workload.h"
#include "sqlite/store.h"

namespace candor::bench {
namespace {

constexpr const char* kUsage =
    "usage: bench_site fill DATABASE LINKS              adds links and articles\n"
    "       bench_site requests FILE COUNT LINKS SEED [close]\n";

std::size_t parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size())
    throw std::invalid_argument("not a number: " + std::string(text));
  return number;
}

void fill(const std::string& database, std::size_t count) {
  constexpr std::size_t kAtOnce = 50'000;
  const auto store = sqlite::open_store({.path = database});
  for (std::size_t n = 0; n < count;) {
    std::vector<Link> links;
    for (; n < count && links.size() < kAtOnce; ++n) links.push_back(make_link(n));
    store->add_links(links);
  }
  std::vector<store::ArticleScan> scans;
  for (std::size_t n = 0; n < kArticles; ++n) {
    scans.emplace_back();
    scans.back().article.path = article_path(n);
  }
  store->record_scans(scans);
}

void write_requests(const std::string& file, std::size_t count, std::size_t links,
                    std::uint32_t seed, RequestMaker::Connection connection) {
  std::ofstream out(file, std::ios::binary);
  RequestMaker maker(links, seed, connection);
  for (std::size_t n = 0; n < count; ++n) out << maker.next();
  if (!out.flush()) throw std::runtime_error("cannot write " + file);
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 3 && words[0] == "fill") {
    fill(words[1], parse_number(words[2]));
    return 0;
  }
  if ((words.size() == 5 || (words.size() == 6 && words[5] == "close")) && words[0] == "requests") {
    write_requests(
        words[1], parse_number(words[2]), parse_number(words[3]),
        static_cast<std::uint32_t>(parse_number(words[4])),
        words.size() == 6 ? RequestMaker::Connection::Close : RequestMaker::Connection::KeepAlive);
    return 0;
  }
  std::fputs(kUsage, stderr);
  return 2;
}

}  // namespace
}  // namespace candor::bench

int main(int argc, char** argv) {
  try {
    if (::sodium_init() < 0) return 1;
    return candor::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_site: %s\n", error.what());
    return 1;
  }
}
