#include "pages/slug_book.h"

#include <algorithm>
#include <mutex>

#include "link/url.h"
#include "networks/link_pattern.h"
#include "networks/tracking_id.h"

namespace candor::pages {
namespace {

constexpr std::size_t kMostChanges = 10'000;

std::optional<std::string> find(const std::unordered_map<std::string, std::string>& slugs,
                                const std::string& href) {
  const auto found = slugs.find(match_key(href));
  if (found == slugs.end()) return std::nullopt;
  return found->second;
}

/// Adds what is new since the book's epoch; false when something else has changed.
bool add_changes(DatedBook& dated, const store::LinkStore& links) {
  const auto changes = links.list_link_changes(dated.epoch, kMostChanges);
  if (!changes || !changes->removed.empty()) return false;
  const bool only_new = std::ranges::none_of(
      changes->links, [&](const Link& link) { return dated.book->has_link(link.id); });
  if (!only_new) return false;
  for (const Link& link : changes->links) dated.book->add(link);
  dated.book->set_wholly_paid(links.list_wholly_paid());
  dated.epoch = changes->epoch;
  return true;
}

}  // namespace

std::string match_key(std::string_view url) {
  auto parsed = parse_url(url);
  if (!parsed) return std::string(url);
  return parsed->href.substr(
      0, parsed->href.size() - (parsed->has_fragment ? parsed->fragment.size() + 1 : 0));
}

void SlugBook::add(const Link& link) {
  const std::string key = match_key(link.match_url.empty() ? link.destination : link.match_url);
  const std::scoped_lock lock(mutex_);
  ids_.insert(link.id.value);
  slugs_.insert(link.slug);
  urls_.insert(key);
  if (link.network == "amazon") untagged_.emplace(networks::without_tracking_id(key), key);
  if (link.state == LinkState::Disabled) return;
  direct_.emplace(key, link.slug);
  if (link.state == LinkState::Active) redirected_.emplace(key, link.slug);
  add_own(link);
}

void SlugBook::add_own(const Link& link) {
  if (!link.match_url.empty()) {
    const auto url = parse_url(link.match_url);
    if (url && std::ranges::find(site_.hosts, url->host) != site_.hosts.end())
      own_.emplace(match_key(link.match_url),
                   disclosure::KnownLink{link.network, link.destination, link.match_url});
  }
  if (link.state == LinkState::Active && networks::stays_direct(link.network))
    own_.emplace(match_key(site_.go_url + link.slug),
                 disclosure::KnownLink{link.network, link.destination, ""});
}

void SlugBook::set_wholly_paid(const std::vector<std::string>& paths) {
  std::unordered_set<std::string> now(paths.begin(), paths.end());
  const std::scoped_lock lock(mutex_);
  wholly_paid_ = std::move(now);
}

bool SlugBook::is_wholly_paid(std::string_view address) const {
  const std::shared_lock lock(mutex_);
  if (wholly_paid_.empty()) return false;
  const auto url =
      parse_url(address.starts_with('/') ? "https://site.invalid" + std::string(address)
                                         : std::string(address));
  return url && wholly_paid_.contains(url->path);
}

bool SlugBook::has_link(LinkId id) const {
  const std::shared_lock lock(mutex_);
  return ids_.contains(id.value);
}

bool SlugBook::has_slug(const std::string& slug) const {
  const std::shared_lock lock(mutex_);
  return slugs_.contains(slug);
}

bool SlugBook::has_url(const std::string& href) const {
  const std::shared_lock lock(mutex_);
  return urls_.contains(match_key(href));
}

std::string SlugBook::known_url(const std::string& href, std::string_view page_tag) const {
  if (page_tag.empty() || networks::tracking_id_of(href) != page_tag) return href;
  const std::string key = match_key(href);
  const std::shared_lock lock(mutex_);
  if (urls_.contains(key)) return href;
  const auto found = untagged_.find(networks::without_tracking_id(key));
  return found == untagged_.end() ? href : found->second;
}

std::optional<std::string> SlugBook::find_redirected(const std::string& href) const {
  const std::shared_lock lock(mutex_);
  return find(redirected_, href);
}

std::optional<std::string> SlugBook::find_direct(const std::string& href) const {
  const std::shared_lock lock(mutex_);
  return find(direct_, href);
}

std::optional<disclosure::KnownLink> SlugBook::find_own(const std::string& href) const {
  const std::shared_lock lock(mutex_);
  if (own_.empty()) return std::nullopt;
  std::string key = match_key(href);
  auto found = own_.find(key);
  if (found == own_.end() && key.find('?') != std::string::npos) {
    key.resize(key.find('?'));  // a redirect passes on what readers bring along
    found = own_.find(key);
  }
  if (found == own_.end()) return std::nullopt;
  return found->second;
}

void bring_up_to_date(DatedBook& dated, const store::LinkStore& links, const OwnAddresses& site) {
  const std::int64_t epoch = links.link_epoch();
  if (dated.book && dated.epoch == epoch) return;
  if (dated.book && add_changes(dated, links)) return;
  auto book = std::make_shared<SlugBook>(site);
  for (const Link& link : links.list_links(true)) book->add(link);
  book->set_wholly_paid(links.list_wholly_paid());
  dated = {epoch, std::move(book)};
}

}  // namespace candor::pages
