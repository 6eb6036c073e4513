#pragma once
// Reads the pages of one site over HTTP: those of its sitemap, or, without one, those its links
// lead to, breadth first. Only ever asks the given host; keeps to its robots.txt, a number of pages
// and a rate. Redirects to other hosts are told and not followed.
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/guarded.h"
#include "crawl/robots.h"
#include "fetch/client.h"
#include "link/url.h"

namespace candor::crawl {

struct CrawlOptions {
  std::string start{};       ///< absolute URL; only what lies below its folder is read
  std::string user_agent{};  ///< "Candor/0.1 (+https://...)"; its product is what robots.txt names
  std::string go_path{};     ///< of the site's own redirects, never asked for; may be empty
  std::size_t max_pages = 5000;
  std::size_t concurrency = 4;
  std::chrono::milliseconds interval{50};  ///< between two requests; more when robots.txt says so
  std::size_t page_bytes = std::size_t{8} << 20;
  std::int64_t timeout_ms = 30'000;  ///< of one request
};

struct CrawledPage {
  std::string url;
  std::string bytes{};
  std::string problem{};  ///< why there is no page; empty: there is one
  bool is_html = true;    ///< false: something else is there, and of no interest
};

struct CrawlEnd {
  std::size_t known = 0;  ///< addresses that belong to the crawl
  bool has_sitemap = false;
  bool more = false;           ///< max_pages ended it
  std::size_t disallowed = 0;  ///< addresses that robots.txt keeps
};

class Crawler {
 public:
  explicit Crawler(CrawlOptions options);
  ~Crawler();
  Crawler(const Crawler&) = delete;
  Crawler& operator=(const Crawler&) = delete;

  /// `read` is called for each page on one of the crew's threads, as soon as it is there; `done`
  /// in order, on the caller's thread, with how many are known by then. Throws when the site cannot
  /// be reached at all.
  CrawlEnd run(const std::function<void(std::size_t, const CrawledPage&)>& read,
               const std::function<void(std::size_t index, std::size_t known)>& done);

  /// A file of the site, such as a style sheet, kept from the first time on. Nothing when it is
  /// another host's, disallowed, not there or larger than 4 MiB. From any thread.
  std::optional<std::string> site_file(std::string_view url);

 private:
  struct Answer {
    int status = 0;
    std::string body;
    std::string content_type;
    std::string location;
    std::string problem;
  };

  Answer get(const std::string& url, std::size_t most_bytes);
  void wait_for_turn();
  CrawledPage fetch_page(const std::string& url);
  void read_robots();
  std::vector<std::string> read_sitemaps();
  std::optional<std::string> in_scope(std::string_view address);
  void add(std::vector<std::string>& wave, std::string_view address);
  bool is_own(const Url& url) const;

  CrawlOptions options_;
  Url start_;
  std::string folder_;  ///< "/blog/": what is read lies below it
  Robots robots_;
  CrawlEnd end_;
  std::unordered_set<std::string> seen_;
  Guarded<std::vector<std::unique_ptr<fetch::Client>>> idle_;
  Guarded<std::chrono::steady_clock::time_point> next_turn_;
  Guarded<std::unordered_map<std::string, std::shared_ptr<const std::optional<std::string>>>>
      files_;
};

}  // namespace candor::crawl
