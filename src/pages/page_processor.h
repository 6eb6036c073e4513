#pragma once
// A page in its site: paid links resolved to the owner's links (unknown ones are adopted), the
// article they stand in recorded. Callable from any thread.
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "disclosure/inject.h"
#include "pages/site_settings.h"
#include "pages/slug_book.h"
#include "store/link_store.h"

namespace candor::pages {

enum class Door : std::uint8_t { Inject, Audit };

/// The disclosure of a page whose links cannot be labelled, as markup in ASCII.
struct LocalNotice {
  std::string language;      ///< "en-US"
  std::string block;         ///< for pages without Amazon's links
  std::string amazon_block;  ///< with Amazon's sentence
};

/// What a caller wants of one page beyond what the site's settings say.
struct PageAsk {
  std::string path{};  ///< the page's URL path; a canonical link of the site's own host in the page
                       ///< wins over it. Empty: only that link can say
  std::vector<std::string> jurisdictions{};  ///< instead of the site's; empty: the site's
  std::string language{};                    ///< likewise
  /// The text of a stylesheet of the site by its URL; see disclosure::Policy.
  std::function<std::optional<std::string>(std::string_view url)> stylesheet{};
  /// Another form of the page (AMP, print, a translation); see disclosure::Policy.
  std::function<std::optional<std::string>(std::string_view url)> variant{};
  bool replace_legacy = false;  ///< also when the site's settings leave old disclosures alone
  bool record = true;           ///< audit only: whether the site keeps what is found
};

class PageProcessor {
 public:
  PageProcessor(store::LinkStore& links, const Clock& clock, SiteSettings settings);

  /// The disclosed page. Its article, links and verdict are recorded when it has paid links or is
  /// known already.
  disclosure::InjectResult inject(std::string_view page, const PageAsk& ask);
  disclosure::InjectResult inject(std::string_view page, std::string_view path) {
    return inject(page, PageAsk{.path = std::string(path)});
  }

  /// What inject would give, without storing anything: links nobody has seen get the slugs they
  /// would be adopted under.
  disclosure::InjectResult preview(std::string_view page, const PageAsk& ask);
  disclosure::InjectResult preview(std::string_view page, std::string_view path) {
    return preview(page, PageAsk{.path = std::string(path)});
  }

  /// The page disclosed with the links known by now, for when nothing can be stored.
  disclosure::InjectResult disclose(std::string_view page, const PageAsk& ask);
  disclosure::InjectResult disclose(std::string_view page, std::string_view path) {
    return disclose(page, PageAsk{.path = std::string(path)});
  }

  /// A feed (RSS, Atom), its items disclosed with the links known by now. Nothing is stored: the
  /// articles themselves are, when they are seen.
  disclosure::InjectResult disclose_feed(std::string_view feed);

  /// What pages in a language ("de-DE"; empty: not known) say where they cannot be processed.
  LocalNotice local_notice(std::string_view language);

  /// The page as it stands; recorded like above, unless jurisdictions were asked for: what is
  /// recorded is what the site's own rules say.
  disclosure::AuditReport audit(std::string_view page, const PageAsk& ask);
  disclosure::AuditReport audit(std::string_view page, std::string_view path) {
    return audit(page, PageAsk{.path = std::string(path)});
  }

 private:
  struct SlugsOfPage {
    std::shared_ptr<const SlugBook> known;
    std::shared_ptr<const SlugBook> planned{};  ///< of a preview: links as they would be adopted
    std::string page_tag{};                     ///< Amazon's tracking ID of this article
  };

  disclosure::Policy policy_for(const PageAsk& ask, std::string_view article_path,
                                const SlugsOfPage& slugs) const;
  std::shared_ptr<const SlugBook> slugs();
  bool is_wanted(const disclosure::PaidLink& paid, const SlugBook& known) const;
  std::vector<Link> unseen(const std::vector<disclosure::PaidLink>& found,
                           const SlugBook& known) const;
  std::shared_ptr<const SlugBook> adopt(const std::vector<disclosure::PaidLink>& found);
  std::string article_path(const disclosure::AuditReport& report, std::string_view path) const;
  std::string page_tag(const std::string& article) const;
  void record(const disclosure::AuditReport& report, const std::string& path, Door door);

  bool is_known(const store::ArticleScan& scan) const;

  store::LinkStore& links_;
  const Clock& clock_;
  SiteSettings settings_;
  Guarded<DatedBook> cache_;
  std::mutex adopting_;  ///< held while unseen links are named and stored
};

/// A path as browsers write it, so that an article has one name wherever it is met: in a file's
/// name, a canonical link or a Referer. "/café/" -> "/caf%C3%A9/".
std::string url_path(std::string_view path);

/// The URL path of a file in a built site: "blog/index.html" -> "/blog/", "about.html" ->
/// "/about.html", "50% off.html" -> "/50%25%20off.html".
std::string path_of_file(std::string_view relative_file);

}  // namespace candor::pages
