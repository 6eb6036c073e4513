#include "pages/page_processor.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_set>

#include "base/ascii.h"
#include "disclosure/feed.h"
#include "disclosure/feed/feed_parts.h"
#include "disclosure/injection/notice_markup.h"
#include "disclosure/injection/page_texts.h"
#include "disclosure/page/own_markup.h"
#include "disclosure/wording/disclosure_templates.h"
#include "disclosure/wording/required_statements.h"
#include "link/url.h"
#include "pages/findings_json.h"

namespace candor::pages {
namespace {

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

/// A slug that neither the site nor the page's other new links have.
std::string free_slug(const std::string& wanted, const SlugBook& known,
                      const std::unordered_set<std::string>& taken) {
  const auto is_free = [&](const std::string& slug) {
    return !known.has_slug(slug) && !taken.contains(slug);
  };
  std::string slug = wanted;
  for (int n = 2; !is_free(slug); ++n) slug = wanted + '-' + std::to_string(n);
  return slug;
}

/// The links by the URLs under which the site knows them.
std::vector<disclosure::PaidLink> as_known(std::vector<disclosure::PaidLink> links,
                                           const SlugBook& known, const std::string& page_tag) {
  for (disclosure::PaidLink& link : links) link.href = known.known_url(link.href, page_tag);
  return links;
}

}  // namespace

std::string url_path(std::string_view path) {
  const auto url = parse_url("https://site.invalid" + std::string(path));
  return url && path.starts_with('/') ? url->path : std::string(path);
}

std::string path_of_file(std::string_view relative_file) {
  std::string path = "/";
  for (const char c : relative_file) {
    // What would end the path or be decoded in it; url_path does the rest.
    if (c == '%' || c == '?' || c == '#' || c == '\\') {
      path += percent_encode(std::string_view(&c, 1));
    } else {
      path += c;
    }
  }
  constexpr std::string_view kIndex = "/index.html";
  if (path.ends_with(kIndex)) path.resize(path.size() - kIndex.size() + 1);
  return url_path(path);
}

PageProcessor::PageProcessor(store::LinkStore& links, const Clock& clock, SiteSettings settings)
    : links_(links), clock_(clock), settings_(std::move(settings)) {}

std::shared_ptr<const SlugBook> PageProcessor::slugs() {
  return cache_.with([&](DatedBook& cache) -> std::shared_ptr<const SlugBook> {
    bring_up_to_date(cache, links_, {settings_.hosts, settings_.go_url});
    return cache.book;
  });
}

/// Whether a link is to be known to the site and is not yet: direct ones are for beacons only.
bool PageProcessor::is_wanted(const disclosure::PaidLink& paid, const SlugBook& known) const {
  if (!paid.slug.empty()) return false;
  if (paid.stays_direct)
    return !settings_.beacon.script_url.empty() && !known.find_direct(paid.href);
  return settings_.link_through_go && !known.find_redirected(paid.href);
}

/// Links of a page that the site does not have yet, named.
std::vector<Link> PageProcessor::unseen(const std::vector<disclosure::PaidLink>& found,
                                        const SlugBook& known) const {
  std::vector<Link> fresh;
  std::unordered_set<std::string> taken;
  std::unordered_set<std::string> adopted;
  const std::int64_t now = to_ms(clock_.now());
  for (const disclosure::PaidLink& paid : found) {
    // A link the owner disabled is theirs to decide on: its URL is not adopted again under another
    // name.
    if (!is_wanted(paid, known) || known.has_url(paid.href)) continue;
    if (!adopted.insert(match_key(paid.href)).second) continue;
    Link link;
    link.slug = free_slug(slug_from_text(paid.text, paid.network), known, taken);
    link.destination = paid.href;
    link.network = paid.network;
    link.title = paid.text;
    if (paid.stays_direct) link.state = LinkState::Direct;
    link.created_at_ms = link.updated_at_ms = now;
    if (check_link(link))
      continue;  // e.g. credentials in the URL: stays as it is, the audit reports the page
    taken.insert(link.slug);
    fresh.push_back(std::move(link));
  }
  return fresh;
}

std::shared_ptr<const SlugBook> PageProcessor::adopt(
    const std::vector<disclosure::PaidLink>& found) {
  auto known = slugs();
  if (unseen(found, *known).empty()) return known;
  // Two pages at once may hold the same new link: the second finds what the first has stored.
  const std::scoped_lock lock(adopting_);
  known = slugs();
  const std::vector<Link> fresh = unseen(found, *known);
  if (fresh.empty()) return known;
  links_.add_links(fresh);
  return slugs();
}

disclosure::Policy PageProcessor::policy_for(const PageAsk& ask, std::string_view article_path,
                                             const SlugsOfPage& slugs) const {
  disclosure::Policy policy;
  policy.site_name = settings_.name;
  policy.jurisdictions = ask.jurisdictions.empty() ? settings_.jurisdictions : ask.jurisdictions;
  policy.language = ask.language.empty() ? settings_.language : ask.language;
  policy.choices = settings_.choices;
  policy.content_selector = settings_.content_selector;
  if (ask.replace_legacy) policy.choices.replace_legacy = true;
  policy.variant = ask.variant;
  policy.site_hosts = settings_.hosts;
  policy.go_prefix = settings_.go_url;
  policy.article_path = std::string(article_path);
  policy.tracking_id = slugs.page_tag;
  policy.stylesheet = ask.stylesheet;
  if (settings_.link_through_go)
    policy.slug_of = [slugs](const disclosure::PaidLink& link) {
      auto slug = slugs.known->find_redirected(link.href);
      return slug || !slugs.planned ? slug : slugs.planned->find_redirected(link.href);
    };
  policy.programmes = settings_.programmes;
  policy.known_link = [slugs, site = settings_.url](
                          std::string_view address) -> std::optional<disclosure::KnownLink> {
    return slugs.known->find_own(address.starts_with('/') ? site + std::string(address)
                                                          : std::string(address));
  };
  policy.is_wholly_paid = [slugs](std::string_view address) {
    return slugs.known->is_wholly_paid(address);
  };
  if (settings_.beacon.script_url.empty() || article_path.empty()) return policy;
  policy.beacon = {settings_.beacon.script_url, settings_.beacon.ping_url,
                   settings_.beacon.mac_of(article_path), settings_.beacon.impressions,
                   [slugs](const disclosure::PaidLink& link) {
                     const std::string href = slugs.known->known_url(link.href, slugs.page_tag);
                     auto slug = slugs.known->find_direct(href);
                     return slug || !slugs.planned ? slug : slugs.planned->find_direct(href);
                   }};
  return policy;
}

std::string PageProcessor::page_tag(const std::string& article) const {
  return article.empty() ? std::string() : links_.find_page_tag(article).value_or("");
}

std::string PageProcessor::article_path(const disclosure::AuditReport& report,
                                        std::string_view path) const {
  if (auto canonical = parse_url(report.canonical_url)) {
    if (std::ranges::find(settings_.hosts, canonical->host) != settings_.hosts.end())
      return canonical->path;
  }
  return url_path(path);
}

disclosure::InjectResult PageProcessor::preview(std::string_view page, const PageAsk& ask) {
  const auto known = slugs();
  const disclosure::AuditReport seen = disclosure::audit(page, policy_for(ask, ask.path, {known}));
  const std::string article = article_path(seen, ask.path);
  const std::string tag = page_tag(article);
  auto planned = std::make_shared<SlugBook>(OwnAddresses{});
  for (const Link& link : unseen(as_known(seen.links, *known, tag), *known)) planned->add(link);
  return disclosure::inject(page, policy_for(ask, article, {known, planned, tag}));
}

disclosure::InjectResult PageProcessor::disclose(std::string_view page, const PageAsk& ask) {
  const auto known = slugs();
  const disclosure::AuditReport seen = disclosure::audit(page, policy_for(ask, ask.path, {known}));
  const std::string article = article_path(seen, ask.path);
  return disclosure::inject(page, policy_for(ask, article, {known, nullptr, page_tag(article)}));
}

disclosure::InjectResult PageProcessor::disclose_feed(std::string_view feed) {
  return disclosure::inject_feed(feed, policy_for({}, {}, {slugs()}));
}

disclosure::InjectResult PageProcessor::inject(std::string_view page, const PageAsk& ask) {
  const disclosure::AuditReport seen =
      disclosure::audit(page, policy_for(ask, ask.path, {slugs()}));
  const std::string article = article_path(seen, ask.path);
  const std::string tag = page_tag(article);
  const auto known = adopt(as_known(seen.links, *slugs(), tag));
  disclosure::InjectResult result =
      disclosure::inject(page, policy_for(ask, article, {known, nullptr, tag}));
  if (!disclosure::is_feed(page)) record(result.after, article, Door::Inject);
  return result;
}

LocalNotice PageProcessor::local_notice(std::string_view language) {
  const disclosure::Policy policy = policy_for({}, {}, {slugs()});
  const disclosure::PageTexts texts = disclosure::texts_for(policy, language);
  std::vector<disclosure::Paragraph> paragraphs{{texts.statement_all, ""}};
  const auto markup = [&] {
    return disclosure::block_markup(disclosure::kDisclosureMark, texts.locale, paragraphs);
  };
  LocalNotice notice{.language = texts.locale, .block = markup(), .amazon_block = {}};
  // As for a short link, which names no marketplace.
  const auto* amazon = &disclosure::amazon_statement("amzn.to", texts.locale);
  if (!is_usable(*amazon, policy.choices))
    amazon = &disclosure::amazon_statement("www.amazon.com", texts.locale);
  paragraphs.push_back(
      {disclosure::with_site(amazon->text, policy, amazon->language), amazon->language});
  notice.amazon_block = markup();
  return notice;
}

disclosure::AuditReport PageProcessor::audit(std::string_view page, const PageAsk& ask) {
  disclosure::AuditReport report = disclosure::audit(page, policy_for(ask, ask.path, {slugs()}));
  if (ask.record && ask.jurisdictions.empty() && !disclosure::is_feed(page))
    record(report, article_path(report, ask.path), Door::Audit);
  return report;
}

void PageProcessor::record(const disclosure::AuditReport& report, const std::string& path,
                           Door door) {
  if (path.empty()) return;  // nobody said which article this is
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
  scan.article.wholly_paid = report.wholly_paid;
  scan.article.findings_json =
      findings_json(report).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  for (const disclosure::PaidLink& link : report.links)
    scan.links.push_back({link.placement, link.href, link.network, link.slug});
  if (!is_known(scan)) links_.record_scans({scan});
}

/// Looking at an unchanged page again is no news: nothing is written, and no new link table is due.
bool PageProcessor::is_known(const store::ArticleScan& scan) const {
  const auto known = links_.find_article(scan.article.path);
  const bool same_title = known && (scan.article.title.empty() ||  // then the known one is kept
                                    known->title == scan.article.title);
  return same_title && known->verdict == scan.article.verdict &&
         known->wholly_paid == scan.article.wholly_paid &&
         known->findings_json == scan.article.findings_json &&
         std::ranges::equal(links_.list_article_links(known->id), scan.links,
                            [](const auto& a, const auto& b) {
                              return a.placement == b.placement && a.href == b.href &&
                                     a.network == b.network && a.slug == b.slug;
                            });
}

}  // namespace candor::pages
