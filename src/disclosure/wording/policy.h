#pragma once
// What the owner wants of their pages: jurisdictions, wording, and which links go through the
// site's own redirects.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "disclosure/wording/choices.h"

namespace candor::disclosure {

/// A paid link found on a page, as given to the owner's link resolver.
struct PaidLink {
  std::string href;     ///< entity-decoded, as a browser would resolve it (absolute http(s) URL)
  std::string network;  ///< "awin"; empty for an owner's own /go/ link
  std::string text;     ///< visible text, white space folded, at most 200 bytes
  std::string slug;     ///< when the href already is a /go/ link of ours
  int placement = 0;    ///< n-th paid link of the page, from 1
  bool stays_direct = false;
};

/// How clicks on direct links are told to the site: a script in the page, and a ping by links while
/// no script runs.
struct BeaconPolicy {
  std::string script_url;    ///< "https://example.com/go/-/candor.js?v=1"; empty: pages carry none
  std::string ping_url;      ///< "https://example.com/go/-/b"
  std::string article_mac;   ///< proves the article's path to who receives a beacon
  bool impressions = false;  ///< also tell which direct links came into view
  /// Gives the slug under which a link that stays direct is counted, or nothing.
  std::function<std::optional<std::string>(const PaidLink&)> slug_of;
};

/// A programme of the owner's that no list of networks has.
struct Programme {
  std::string network;             ///< as reports and findings call it
  std::vector<std::string> hosts;  ///< lower case; "shop.example", or "*.shop.example" with all
                                   ///< hosts below it
  std::string parameter;           ///< a link pays only with this query parameter; empty: always

  friend bool operator==(const Programme&, const Programme&) = default;
};

/// What a redirect of the site's own leads to.
struct KnownLink {
  std::string network;       ///< "amazon"; empty: not known
  std::string destination;   ///< absolute URL, or empty
  std::string address = {};  ///< the absolute URL it is known by; empty: as it was asked for
};

/// Where a page is read: rules about places on a page make no sense in a feed's item or an email.
enum class Surface : std::uint8_t { Page, FeedItem, Email };

struct Policy {
  std::string site_name;  ///< empty: texts speak of "this site", in their language
  std::vector<std::string> jurisdictions = {"US"};  ///< "US", "UK", "DE", ... as in rules.json
  std::string language;      ///< template locale ("en-US"); empty: the page's lang, else by
                             ///< jurisdiction, else en-US
  std::string go_prefix;     ///< "https://example.com/go/" or "/go/"; empty: hrefs are kept
  std::string article_path;  ///< canonical path of this page, stamped into /go/ links as ?a=;
                             ///< empty: not stamped
  /// Hosts of the site itself: their links are never paid links except under go_prefix.
  std::vector<std::string> site_hosts;
  /// Gives the slug a paid link is served under, or nothing to leave its href. Not asked for links
  /// that stay direct.
  std::function<std::optional<std::string>(const PaidLink&)> slug_of;
  /// Amazon's tracking ID of this article alone, set in its direct links of the same marketplace's
  /// digits; empty: links keep theirs.
  std::string tracking_id;
  BeaconPolicy beacon;  ///< used with an article_path only
  Choices choices;
  std::vector<Programme> programmes;
  /// Gives what an address of the site itself leads to ("https://example.com/recommends/kettle", or
  /// "/recommends/kettle" on a page that does not say its host), or nothing for other pages of it.
  std::function<std::optional<KnownLink>(std::string_view address)> known_link;
  /// Gives another form of the page that the page names (AMP, a translation, print), by its URL or
  /// the path as written; nothing when it is not of this site or cannot be read.
  std::function<std::optional<std::string>(std::string_view url)> variant;
  /// Says whether an address of the site leads to an article whose every link to a shop pays.
  std::function<bool(std::string_view address)> is_wholly_paid;
  Surface surface = Surface::Page;
  bool email_opt_in = false;          ///< an email's readers asked for it
  std::size_t words_in_reach = 1000;  ///< of a disclosure; links further down want a label
  /// CSS selector of the element that holds the article, where the owner knows better than the
  /// guess; of several matches the one with most text. Pages without a match are guessed at.
  std::string content_selector;
  /// The text of a style sheet that the page loads, by its absolute URL, or by its path where the
  /// page does not say its host; nothing when it is not the site's own or cannot be read.
  std::function<std::optional<std::string>(std::string_view url)> stylesheet;
};

}  // namespace candor::disclosure
