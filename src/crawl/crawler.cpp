#include "crawl/crawler.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>

#include "base/ascii.h"
#include "crawl/ordered_work.h"
#include "crawl/page_links.h"
#include "crawl/sitemap.h"
#include "disclosure/page/page_address.h"

namespace candor::crawl {
namespace {

constexpr std::size_t kSitemapBytes = std::size_t{50} << 20;  // as the protocol allows
constexpr std::size_t kMostSitemaps = 1000;
constexpr std::size_t kFileBytes = std::size_t{4} << 20;
constexpr std::size_t kMostRedirects = 5;

std::string origin_of(const Url& url) {
  return url.scheme + "://" + url.host + (url.port.empty() ? "" : ":" + url.port);
}

std::string request_path(const Url& url) {
  return url.has_query ? url.path + "?" + url.query : url.path;
}

bool is_html_type(std::string_view type) {
  type = ascii::trim(type.substr(0, type.find(';')));
  return type.empty() || ascii::equals_ignoring_case(type, "text/html") ||
         ascii::equals_ignoring_case(type, "application/xhtml+xml");
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// A sitemap lists pages of the whole site, wherever it stands itself.
bool is_sitemap_path(std::string_view path) {
  return path.ends_with(".xml") || path.ends_with(".xml.gz");
}

std::string product_of(std::string_view user_agent) {
  return std::string(user_agent.substr(0, user_agent.find_first_of("/ ")));
}

}  // namespace

Crawler::Crawler(CrawlOptions options) : options_(std::move(options)) {
  const auto url = parse_url(options_.start);
  if (!url) throw std::runtime_error(options_.start + ": " + std::string(message_of(url.error())));
  start_ = *url;
  folder_ = is_sitemap_path(start_.path) ? "/" : start_.path.substr(0, start_.path.rfind('/') + 1);
}

Crawler::~Crawler() = default;

/// The same host and port; http and https are two doors of one site.
bool Crawler::is_own(const Url& url) const {
  return url.host == start_.host && url.port == start_.port;
}

void Crawler::wait_for_turn() {
  const auto interval = std::max(options_.interval, robots_.delay());
  const auto turn = next_turn_.with([&](auto& next) {
    const auto mine = std::max(next, std::chrono::steady_clock::now());
    next = mine + interval;
    return mine;
  });
  std::this_thread::sleep_until(turn);
}

Crawler::Answer Crawler::get(const std::string& url, std::size_t most_bytes) {
  wait_for_turn();
  fetch::Request request;
  request.url = url;
  request.headers = {{"User-Agent", options_.user_agent},
                     {"Accept", "text/html,application/xhtml+xml,*/*;q=0.5"}};
  request.timeout_ms = options_.timeout_ms;
  request.max_body_bytes = most_bytes;
  auto client = idle_.with([](auto& idle) {
    if (idle.empty()) return std::make_unique<fetch::Client>();
    auto taken = std::move(idle.back());
    idle.pop_back();
    return taken;
  });
  auto response = client->send(request);
  idle_.with([&](auto& idle) { idle.push_back(std::move(client)); });
  Answer answer;
  if (!response) {
    answer.problem = response.error().message;
    return answer;
  }
  answer.status = response->status;
  answer.body = std::move(response->body);
  answer.content_type = response->find_header("Content-Type").value_or("");
  answer.location = response->find_header("Location").value_or("");
  return answer;
}

/// RFC 9309, 2.3.1: no file (4xx) allows everything, a site that cannot say (5xx) nothing.
void Crawler::read_robots() {
  std::string url = origin_of(start_) + "/robots.txt";
  Answer answer;
  for (std::size_t i = 0; i <= kMostRedirects; ++i) {
    answer = get(url, std::size_t{4} << 20);
    if (!is_redirect(answer.status)) break;
    const auto target = disclosure::PageAddress(url, {}).resolve(answer.location);
    if (!target || !target->url || !is_own(*target->url)) break;
    url = target->url->href;
  }
  if (answer.status == 0)
    throw std::runtime_error(origin_of(start_) + ": cannot be read: " + answer.problem);
  if (answer.status >= 500)
    robots_ = Robots::allow_none();
  else if (answer.status == 200)
    robots_ = Robots::parse(answer.body, product_of(options_.user_agent));
}

/// The address as it is asked for when it belongs to this crawl.
std::optional<std::string> Crawler::in_scope(std::string_view address) {
  const auto url = parse_url(address);
  if (!url || !is_own(*url) || !url->path.starts_with(folder_)) return std::nullopt;
  if (!options_.go_path.empty() && url->path.starts_with(options_.go_path)) return std::nullopt;
  return url->href.substr(0, url->href.find('#'));
}

void Crawler::add(std::vector<std::string>& wave, std::string_view address) {
  const auto href = in_scope(address);
  if (!href || seen_.contains(*href)) return;
  if (!robots_.allows(request_path(*parse_url(*href)))) {
    if (seen_.insert(*href).second) ++end_.disallowed;
    return;
  }
  if (end_.known >= options_.max_pages) {
    end_.more = true;
    return;
  }
  seen_.insert(*href);
  ++end_.known;
  wave.push_back(*href);
}

std::vector<std::string> Crawler::read_sitemaps() {
  std::vector<std::string> queue;
  for (const std::string& named : robots_.sitemaps()) queue.push_back(named);
  if (is_sitemap_path(start_.path)) queue = {start_.href};
  if (queue.empty()) queue.push_back(origin_of(start_) + "/sitemap.xml");
  std::vector<std::string> pages;
  std::unordered_set<std::string> read;
  for (std::size_t i = 0; i < queue.size() && i < kMostSitemaps; ++i) {
    const auto url = parse_url(queue[i]);
    if (!url || !is_own(*url) || !read.insert(url->href).second) continue;
    Answer answer = get(url->href, kSitemapBytes);
    if (is_redirect(answer.status)) {
      const auto target = disclosure::PageAddress(url->href, {}).resolve(answer.location);
      if (target && target->url) queue.push_back(target->url->href);
      continue;
    }
    if (answer.status != 200) continue;
    if (answer.body.starts_with("\x1F\x8B"))
      answer.body = gunzip(answer.body, kSitemapBytes).value_or("");
    const auto sitemap = parse_sitemap(answer.body, 50'000);
    if (!sitemap) continue;
    end_.has_sitemap = true;
    queue.insert(queue.end(), sitemap->sitemaps.begin(), sitemap->sitemaps.end());
    pages.insert(pages.end(), sitemap->pages.begin(), sitemap->pages.end());
    if (pages.size() > options_.max_pages * 2 + 50'000) break;
  }
  return pages;
}

CrawledPage Crawler::fetch_page(const std::string& url) {
  CrawledPage page{.url = url};
  std::string at = url;
  for (std::size_t i = 0; i <= kMostRedirects; ++i) {
    Answer answer = get(at, options_.page_bytes);
    if (answer.status == 0) {
      page.problem = answer.problem;
      return page;
    }
    if (!is_redirect(answer.status)) {
      if (answer.status != 200) page.problem = "answered " + std::to_string(answer.status);
      page.is_html = is_html_type(answer.content_type);
      page.url = at;
      page.bytes = std::move(answer.body);
      return page;
    }
    const auto target = disclosure::PageAddress(at, {}).resolve(answer.location);
    if (!target || !target->url || !is_own(*target->url)) {
      page.problem = "redirects off the site, to " + answer.location;
      return page;
    }
    if (!in_scope(target->url->href) || !robots_.allows(request_path(*target->url))) {
      page.problem = "redirects to " + target->url->href + ", which is not part of this crawl";
      return page;
    }
    at = target->url->href.substr(0, target->url->href.find('#'));
  }
  page.problem = "redirects too often";
  return page;
}

CrawlEnd Crawler::run(const std::function<void(std::size_t, const CrawledPage&)>& read,
                      const std::function<void(std::size_t, std::size_t)>& done) {
  end_ = {};
  seen_.clear();
  read_robots();
  const bool is_sitemap = start_.path.ends_with(".xml") || start_.path.ends_with(".xml.gz");
  std::vector<std::string> wave;
  for (const std::string& address : read_sitemaps()) add(wave, address);
  const bool follow = !end_.has_sitemap || (wave.empty() && !is_sitemap);
  if (wave.empty() && !is_sitemap) add(wave, start_.href);
  std::size_t first = 0;
  while (!wave.empty()) {
    std::vector<std::vector<std::string>> links(wave.size());
    std::vector<std::string> next;
    work_in_order(
        wave.size(), {.threads = std::max<std::size_t>(options_.concurrency, 1), .ahead = 64},
        [&](std::size_t i) {
          CrawledPage page;
          try {
            page = fetch_page(wave[i]);
            if (follow && page.problem.empty() && page.is_html)
              links[i] = page_links(page.bytes, page.url);
          } catch (const std::exception& error) {
            page = {.url = wave[i], .problem = error.what()};
          }
          read(first + i, page);
        },
        [&](std::size_t i) {
          for (const std::string& link : links[i]) add(next, link);
          done(first + i, end_.known);
        });
    first += wave.size();
    wave = std::move(next);
  }
  return end_;
}

std::optional<std::string> Crawler::site_file(std::string_view address) {
  const auto url = parse_url(address);
  if (!url || !is_own(*url) || !robots_.allows(request_path(*url))) return std::nullopt;
  const std::string href = url->href.substr(0, url->href.find('#'));
  auto kept = files_.with([&](const auto& files) {
    const auto found = files.find(href);
    return found == files.end() ? nullptr : found->second;
  });
  if (!kept) {
    Answer answer = get(href, kFileBytes);
    kept = std::make_shared<const std::optional<std::string>>(
        answer.status == 200 ? std::optional(std::move(answer.body)) : std::nullopt);
    files_.with([&](auto& files) { files.emplace(href, kept); });
  }
  return *kept;
}

}  // namespace candor::crawl
