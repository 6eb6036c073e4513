#pragma once
// The site's links by the URL they stand for in pages, kept up with the store's changes: a run over
// a folder adopts thousands of links, a page at a time. Knows also which articles say from their
// title on that they pay. Safe to use from several threads at once.
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "disclosure/wording/policy.h"
#include "link/link.h"
#include "store/link_store.h"

namespace candor::pages {

/// What tells a site's own addresses.
struct OwnAddresses {
  std::vector<std::string> hosts;
  std::string go_url;  ///< "https://nourished.example/go/"
};

class SlugBook {
 public:
  explicit SlugBook(OwnAddresses site) : site_(std::move(site)) {}

  void add(const Link& link);
  /// Paths of the articles whose every link to a shop pays; instead of those known before.
  void set_wholly_paid(const std::vector<std::string>& paths);

  /// Whether an address of the site ("https://example.com/kettles", or "/kettles" on a page that
  /// does not say its host) is such an article's.
  bool is_wholly_paid(std::string_view address) const;
  bool has_link(LinkId id) const;
  bool has_slug(const std::string& slug) const;
  /// Whether a link stands for the page's URL, disabled ones too: those are the owner's to decide
  /// on.
  bool has_url(const std::string& href) const;
  /// The URL by which the site knows the link of a page whose own tracking ID it carries, whatever
  /// it carried before; else the URL itself.
  std::string known_url(const std::string& href, std::string_view page_tag) const;
  /// The slug that redirects what leads to this URL.
  std::optional<std::string> find_redirected(const std::string& href) const;
  /// The slug under which clicks on a direct link to it are counted: the owner's own link counts,
  /// too.
  std::optional<std::string> find_direct(const std::string& href) const;
  /// What an address of the site itself leads to: an earlier redirect that pages still link to, or
  /// a link to a merchant who wants to be linked directly.
  std::optional<disclosure::KnownLink> find_own(const std::string& href) const;

 private:
  void add_own(const Link& link);

  OwnAddresses site_;
  mutable std::shared_mutex mutex_;
  std::unordered_set<std::int64_t> ids_;
  std::unordered_set<std::string> slugs_;
  std::unordered_set<std::string> urls_;
  std::unordered_map<std::string, std::string> redirected_;
  std::unordered_map<std::string, std::string> direct_;
  std::unordered_map<std::string, std::string> untagged_;  ///< Amazon's without their tracking ID
  std::unordered_map<std::string, disclosure::KnownLink> own_;
  std::unordered_set<std::string> wholly_paid_;
};

/// The key under which a page's URL and a link's URL meet: the URL as browsers read it, without its
/// fragment.
std::string match_key(std::string_view url);

/// A book as of the store's epoch.
struct DatedBook {
  std::int64_t epoch = -1;
  std::shared_ptr<SlugBook> book;
};

/// Brings the book up to the store: what was added is added, after other changes it is a new one.
void bring_up_to_date(DatedBook& dated, const store::LinkStore& links, const OwnAddresses& site);

}  // namespace candor::pages
