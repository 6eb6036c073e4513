#include "pages/page_processor.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/ascii.h"
#include "link/url.h"
#include "pages/findings_json.h"

namespace candor::pages {
namespace {

/// The key under which a page's URL and a link's URL meet: the URL as browsers read it, without its
/// fragment.
std::string match_key(std::string_view url) {
  auto parsed = parse_url(url);
  if (!parsed) return std::string(url);
  return parsed->href.substr(
      0, parsed->href.size() - (parsed->has_fragment ? parsed->fragment.size() + 1 : 0));
}

std::string slug_from_text(std::string_view text, std::string_view network) {
  std::string slug;
  for (char c : text) {
    c = ascii::lower(c);
    if (ascii::is_alnum(c)) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
    if (slug.size() >= 40) break;
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  if (slug.empty()) slug = network.empty() ? "link" : ascii::to_lower(network);
  std::erase_if(slug, [](char c) { return !ascii::is_alnum(c) && c != '-'; });
  return slug.empty() ? "link" : slug;
}

std::string free_slug(std::string wanted, const std::unordered_set<std::string>& taken) {
  if (!taken.contains(wanted)) return wanted;
  for (int n = 2;; ++n) {
    std::string candidate = wanted + '-' + std::to_string(n);
    if (!taken.contains(candidate)) return candidate;
  }
}

}  // namespace

std::string path_of_file(std::string_view relative_file) {
  std::string path = "/" + std::string(relative_file);
  std::ranges::replace(path, '\\', '/');
  constexpr std::string_view kIndex = "/index.html";
  if (path.ends_with(kIndex)) path.resize(path.size() - kIndex.size() + 1);
  return path;
}

PageProcessor::PageProcessor(store::LinkStore& links, const Clock& clock, SiteSettings settings)
    : links_(links), clock_(clock), settings_(std::move(settings)) {}

std::shared_ptr<const PageProcessor::SlugByUrl> PageProcessor::slugs() {
  return cache_.with([&](Cache& cache) {
    const std::int64_t epoch = links_.link_epoch();
    if (cache.epoch != epoch || !cache.slugs) {
      auto map = std::make_shared<SlugByUrl>();
      for (const Link& link : links_.list_links(false))
        map->emplace(match_key(link.match_url.empty() ? link.destination : link.match_url),
                     link.slug);
      cache = {epoch, std::move(map)};
    }
    return cache.slugs;
  });
}

std::shared_ptr<const PageProcessor::SlugByUrl> PageProcessor::adopt(
    const std::vector<disclosure::PaidLink>& found) {
  auto known = slugs();
  if (!settings_.link_through_go) return known;
  std::unordered_set<std::string> taken;
  for (const Link& link : links_.list_links(true)) taken.insert(link.slug);
  // A link the owner disabled is theirs to decide on: its URL is not adopted again under another
  // name.
  std::unordered_set<std::string> adopted;
  for (const Link& link : links_.list_links(true))
    adopted.insert(match_key(link.match_url.empty() ? link.destination : link.match_url));

  std::vector<Link> fresh;
  const std::int64_t now = to_ms(clock_.now());
  for (const disclosure::PaidLink& paid : found) {
    if (paid.stays_direct || !paid.slug.empty()) continue;
    const std::string key = match_key(paid.href);
    if (known->contains(key) || !adopted.insert(key).second) continue;
    Link link;
    link.slug = free_slug(slug_from_text(paid.text, paid.network), taken);
    link.destination = paid.href;
    link.network = paid.network;
    link.title = paid.text;
    link.created_at_ms = link.updated_at_ms = now;
    if (check_link(link))
      continue;  // e.g. credentials in the URL: stays as it is, the audit reports the page
    taken.insert(link.slug);
    fresh.push_back(std::move(link));
  }
  if (fresh.empty()) return known;
  links_.add_links(fresh);
  return slugs();
}

disclosure::Policy PageProcessor::policy_for(std::string_view article_path,
                                             const std::shared_ptr<const SlugByUrl>& slugs) const {
  disclosure::Policy policy;
  policy.site_name = settings_.name;
  policy.jurisdictions = settings_.jurisdictions;
  policy.language = settings_.language;
  policy.site_hosts = settings_.hosts;
  policy.go_prefix = settings_.go_url;
  policy.article_path = std::string(article_path);
  if (settings_.link_through_go)
    policy.slug_of = [slugs](const disclosure::PaidLink& link) -> std::optional<std::string> {
      const auto found = slugs->find(match_key(link.href));
      if (found == slugs->end()) return std::nullopt;
      return found->second;
    };
  return policy;
}

std::string PageProcessor::article_path(const disclosure::AuditReport& report,
                                        std::string_view path) const {
  if (auto canonical = parse_url(report.canonical_url)) {
    if (std::ranges::find(settings_.hosts, canonical->host) != settings_.hosts.end())
      return canonical->path;
  }
  return std::string(path);
}

disclosure::InjectResult PageProcessor::inject(std::string_view page, std::string_view path) {
  const disclosure::AuditReport seen = disclosure::audit(page, policy_for(path, slugs()));
  const std::string article = article_path(seen, path);
  disclosure::InjectResult result =
      disclosure::inject(page, policy_for(article, adopt(seen.links)));
  record(result.after, article, Door::Inject);
  return result;
}

disclosure::AuditReport PageProcessor::audit(std::string_view page, std::string_view path) {
  disclosure::AuditReport report = disclosure::audit(page, policy_for(path, slugs()));
  record(report, article_path(report, path), Door::Audit);
  return report;
}

void PageProcessor::record(const disclosure::AuditReport& report, const std::string& path,
                           Door door) {
  if (report.links.empty() && !links_.find_article(path)) return;
  store::ArticleScan scan;
  scan.article.path = path;
  scan.article.title = report.title;
  scan.article.verdict = disclosure::name_of(report.verdict);
  scan.article.origin = door == Door::Inject ? "inject" : "audit";
  scan.article.seen_at_ms = to_ms(clock_.now());
  scan.article.finding_count = std::ranges::count_if(report.findings, [](const auto& finding) {
    return finding.severity != disclosure::Severity::Info;
  });
  scan.article.findings_json =
      findings_json(report.findings).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  for (const disclosure::PaidLink& link : report.links)
    scan.links.push_back({link.placement, link.href, link.network, link.slug});
  if (!is_known(scan)) links_.record_scans({scan});
}

/// Looking at an unchanged page again is no news: nothing is written, and no new link table is due.
bool PageProcessor::is_known(const store::ArticleScan& scan) const {
  const auto known = links_.find_article(scan.article.path);
  return known && known->title == scan.article.title && known->verdict == scan.article.verdict &&
         known->findings_json == scan.article.findings_json &&
         std::ranges::equal(links_.list_article_links(known->id), scan.links,
                            [](const auto& a, const auto& b) {
                              return a.placement == b.placement && a.href == b.href &&
                                     a.network == b.network && a.slug == b.slug;
                            });
}

}  // namespace candor::pages
