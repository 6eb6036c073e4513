#include "bench/workload.h"

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "link/destination.h"
#include "link/url.h"

namespace candor::bench {
namespace {

std::string numbered(const char* format, std::size_t number) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, number);
  return text.data();
}

std::string user_agent(std::size_t n) {
  const std::string version = std::to_string(96 + n / 20 % 45);
  const std::string build = std::to_string(1000 + n * 7 % 5000) + "." + std::to_string(n % 200);
  switch (n % 20) {
    case 0:
      return "Mozilla/5.0 (compatible; Googlebot/2." + std::to_string(n / 20) +
             "; +http://www.google.com/bot.html)";
    case 1:
    case 2:
    case 3:
    case 4:
      return "Mozilla/5.0 (iPhone; CPU iPhone OS 1" + std::to_string(n % 9) + "_" +
             std::to_string(n / 20 % 7) +
             " like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/1" +
             std::to_string(n % 9) + "." + std::to_string(n / 20) + " Mobile/15E148 Safari/604.1";
    case 5:
    case 6:
      return "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:" + version +
             ".0) Gecko/20100101 Firefox/" + version + "." + std::to_string(n % 20);
    case 7:
    case 8:
    case 9:
    case 10:
      return "Mozilla/5.0 (Linux; Android 1" + std::to_string(n % 5) + "; SM-G9" +
             std::to_string(10 + n % 80) + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" +
             version + ".0." + build + " Mobile Safari/537.36";
    case 11:
      return "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_" + std::to_string(n % 8) +
             ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/1" + std::to_string(n % 9) + "." +
             std::to_string(n / 20) + " Safari/605.1.15";
    default:
      return "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/" +
             version + ".0." + build + " Safari/537.36";
  }
}

}  // namespace

std::string article_path(std::size_t n) { return numbered("/reviews/article-%04zu/", n); }

Readers make_readers() {
  Readers readers;
  for (std::size_t n = 0; n < kUserAgents; ++n) readers.user_agents.push_back(user_agent(n));
  for (std::size_t n = 0; n < kAddresses; ++n)
    readers.addresses.push_back("198." + std::to_string(18 + n % 2) + "." +
                                std::to_string(n / 250) + "." + std::to_string(1 + n % 250));
  for (std::size_t n = 0; n < kReferers; ++n) {
    const std::string path =
        is_article(n) ? article_path(n % kArticles) : numbered("/archive/page-%04zu/", n);
    readers.referers.push_back("https://blog.example" + path + "?utm_source=" + std::to_string(n));
  }
  return readers;
}

Link make_link(std::size_t n) {
  Link link;
  link.slug = numbered("product-name-%06zu", n);
  link.destination =
      numbered("https://www.awin1.com/cread.php?awinmid=7052&awinaffid=1234&ued=shop-%06zu", n);
  link.network = "awin";
  return link;
}

LinkTable make_link_table(std::size_t links, std::pmr::memory_resource* memory) {
  const SubIdSlot slot{.parameter = "clickref", .in_path = false, .max_length = 50};
  LinkContent content(memory);
  for (std::size_t n = 0; n < links; ++n) {
    LinkEntry entry;
    entry.id = LinkId{static_cast<std::int64_t>(n + 1)};
    entry.slug = make_link(n).slug;
    entry.destination = make_destination(make_link(n).destination, slot);
    content.add(entry);
  }
  for (std::size_t n = 0; n < kArticles; ++n)
    content.articles.push_back({ArticleId{static_cast<std::int64_t>(n + 1)}, article_path(n)});
  return LinkTable(std::make_shared<const LinkBlock>(std::move(content)));
}

RequestMaker::RequestMaker(std::size_t links, std::uint32_t seed, Connection connection)
    : readers_(make_readers()), links_(links), connection_(connection), random_(seed) {}

std::string RequestMaker::next() {
  const Followed followed = follow(random_, links_);
  std::string out =
      "GET /go/" + make_link(followed.link).slug + " HTTP/1.1\r\nHost: blog.example\r\n";
  out += "User-Agent: " + readers_.user_agents[pick(kUserAgents)] + "\r\n";
  out += "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n";
  out += "Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\n";
  out += "Referer: " + readers_.referers[followed.referer] + "\r\n";
  out += "X-Forwarded-For: " + readers_.addresses[pick(kAddresses)] + "\r\n";
  if (connection_ == Connection::Close) out += "Connection: close\r\n";
  return out += "\r\n";
}

}  // namespace candor::bench
