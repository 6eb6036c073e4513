#include "disclosure/paid_links.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "link/host.h"
#include "link/link.h"
#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kLinkTextBytes = 200;

const networks::LinkPatterns& patterns() {
  static const networks::LinkPatterns instance;
  return instance;
}

/// An href as a browser reads it: outer blanks off, tabs and line breaks dropped.
std::string as_browsers_read(std::string_view href) {
  while (!href.empty() && static_cast<unsigned char>(href.front()) <= ' ') href.remove_prefix(1);
  while (!href.empty() && static_cast<unsigned char>(href.back()) <= ' ') href.remove_suffix(1);
  std::string clean;
  for (const char c : href)
    if (c != '\t' && c != '\n' && c != '\r') clean.push_back(c);
  return clean;
}

bool has_scheme(std::string_view href) {
  if (href.empty() || !ascii::is_alpha(href.front())) return false;
  const std::size_t end = href.find_first_of(":/?#");
  return end != std::string_view::npos && href[end] == ':';
}

/// Paths that redirect plug-ins hide affiliate links behind.
std::string_view cloaking_prefix(std::string_view path) {
  static constexpr std::array<std::string_view, 10> kPrefixes{
      "/go/",   "/recommends/", "/recommend/", "/refer/", "/out/",
      "/goto/", "/visit/",      "/aff/",       "/link/",  "/ref/"};
  for (const std::string_view prefix : kPrefixes)
    if (path.starts_with(prefix) && path.size() > prefix.size()) return prefix;
  return {};
}

class LinkReader {
 public:
  LinkReader(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
             const Policy& policy)
      : page_(page), outline_(outline), encoding_(encoding), policy_(policy) {
    if (const auto canonical = parse_url(outline.canonical_url)) own_host_ = canonical->host;
    read_prefix();
  }

  PageLinks read() {
    for (std::uint32_t i = 0; i < outline_.anchors.size(); ++i) read_anchor(i);
    return std::move(links_);
  }

 private:
  /// A href's parts: the host is empty for links relative to the site.
  struct Target {
    std::string host;
    std::string path_and_rest;
    std::optional<Url> url;
  };

  void read_prefix() {
    const std::string prefix = usable_go_prefix(policy_);
    if (const auto url = parse_url(prefix)) {
      go_host_ = url->host;
      go_path_ = url->path;
    } else if (prefix.starts_with('/')) {
      go_path_ = prefix;
    }
  }

  bool is_site_host(std::string_view host) const {
    return std::any_of(
        policy_.site_hosts.begin(), policy_.site_hosts.end(),
        [&](const std::string& each) { return ascii::equals_ignoring_case(each, host); });
  }
  /// Also the host the page names as its own.
  bool is_own_host(std::string_view host) const {
    return host.empty() || (!own_host_.empty() && host == own_host_) || is_site_host(host);
  }

  std::optional<Target> target_of(const std::string& href) const {
    Target target;
    if (has_scheme(href) || href.starts_with("//")) {
      const auto url = parse_url(href.starts_with("//") ? "https:" + href : href);
      if (!url) return std::nullopt;
      target.host = url->host;
      target.path_and_rest = url->path;
      target.url = *url;
      return target;
    }
    if (!href.starts_with('/')) return std::nullopt;
    target.path_and_rest = href.substr(0, href.find_first_of("?#"));
    return target;
  }

  /// The slug when the link goes through the site's own redirects.
  std::optional<std::string> own_slug(const Target& target) const {
    if (go_path_.empty() || !target.path_and_rest.starts_with(go_path_)) return std::nullopt;
    const bool host_fits = !go_host_.empty() && target.host == go_host_;
    if (!host_fits && !is_own_host(target.host)) return std::nullopt;
    std::string slug = target.path_and_rest.substr(go_path_.size());
    if (check_slug(slug)) return std::nullopt;
    return slug;
  }

  void read_anchor(std::uint32_t index) {
    const Element& element = outline_.elements[outline_.anchors[index].element];
    const html::Token& token = page_.tokens[element.start_token];
    if (element.inert) return;
    const auto written = attribute_text(page_, token, "href", encoding_);
    if (!written) return;
    const std::string href = as_browsers_read(*written);
    const auto target = target_of(href);
    if (!target) return;
    const std::string rel = attribute_text(page_, token, "rel", encoding_).value_or("");
    const bool sponsored = has_word(rel, "sponsored");
    PaidLink link;
    link.href = target->url ? target->url->href : href;
    if (const auto slug = own_slug(*target))
      link.slug = *slug;
    else if (!read_network(*target, sponsored, link) && !read_cloaked(*target, sponsored))
      return;
    add(index, element, *written, std::move(link));
  }

  /// Fills in the network of a paid link; false for other links, with a doubt noted where it is
  /// due. The site's own hosts pay nobody, whatever their parameters look like.
  bool read_network(const Target& target, bool sponsored, PaidLink& link) {
    if (!target.url || is_site_host(target.host)) return false;
    const auto match = patterns().match(*target.url);
    if (!match && sponsored && !is_own_host(target.host))
      doubt("a link to " + target.host + " is marked sponsored, but its network is not known");
    if (!match) return false;
    if (!match->sure && !sponsored) {
      doubt("links to " + target.host + " may be paid (" + std::string(match->network) + "?)");
      return false;
    }
    link.network = match->network;
    link.stays_direct = networks::stays_direct(match->network);
    return true;
  }

  /// A redirect on the site itself that is not known by its prefix: paid when it says so.
  bool read_cloaked(const Target& target, bool sponsored) {
    if (!is_own_host(target.host)) return false;
    const std::string_view prefix = cloaking_prefix(target.path_and_rest);
    if (prefix.empty()) return false;
    if (!sponsored)
      doubt("links under " + std::string(prefix) +
            " may be redirects to a shop; their destinations are not known");
    return sponsored;
  }

  void add(std::uint32_t index, const Element& element, const std::string& written, PaidLink link) {
    const Anchor& anchor = outline_.anchors[index];
    PageLink made;
    made.written_href = written;
    made.token = element.start_token;
    made.anchor = index;
    made.zone = element.zone;
    made.is_amazon = link.network == "amazon";
    const bool from_main_on = outline_.main == kNoElement ||
                              element.start_token > outline_.elements[outline_.main].start_token;
    made.is_content = element.zone == Zone::Content && from_main_on;
    link.placement = static_cast<int>(links_.paid.size()) + 1;
    if (anchor.block != kNoBlock && anchor.block < outline_.blocks.size()) {
      const std::string_view text = outline_.blocks[anchor.block].text;
      const std::size_t begin = std::min<std::size_t>(anchor.text_begin, text.size());
      const std::size_t end = std::min<std::size_t>(anchor.text_end, text.size());
      const std::string_view own = ascii::trim(text.substr(begin, end - begin));
      link.text = shortened(with_replaced_malformed_utf8(own), kLinkTextBytes);
    }
    made.link = std::move(link);
    links_.paid.push_back(std::move(made));
  }

  void doubt(std::string reason) {
    constexpr std::size_t kReasons = 20;
    if (links_.unsure.size() >= kReasons) return;
    if (std::find(links_.unsure.begin(), links_.unsure.end(), reason) == links_.unsure.end())
      links_.unsure.push_back(std::move(reason));
  }

  const html::Page& page_;
  const Outline& outline_;
  const html::Encoding& encoding_;
  const Policy& policy_;
  std::string own_host_;
  std::string go_host_;
  std::string go_path_;
  PageLinks links_;
};

}  // namespace

PageLinks links_of(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
                   const Policy& policy) {
  return LinkReader(page, outline, encoding, policy).read();
}

std::string usable_go_prefix(const Policy& policy) {
  std::string prefix = policy.go_prefix;
  if (prefix.empty()) return prefix;
  if (!prefix.ends_with('/')) prefix += '/';
  std::string path = prefix;
  if (const auto url = parse_url(prefix))
    path = url->has_query || url->has_fragment ? "" : url->path;
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return ascii::is_alnum(c) || c == '/' || c == '-' || c == '_' || c == '.' || c == '~';
  });
  const bool sound = path.starts_with('/') && !path.starts_with("//") && plain &&
                     path.find("/../") == std::string::npos &&
                     path.find("/./") == std::string::npos;
  return sound ? prefix : "";
}

std::string stamped(std::string_view written, std::string_view article_path, int placement) {
  // A browser drops blanks at the end of an href; in front of a query they would belong to the
  // slug.
  const std::string cleaned = as_browsers_read(written);
  const std::string_view href = cleaned;
  const std::size_t hash = href.find('#');
  const std::string_view fragment = hash == std::string_view::npos ? "" : href.substr(hash);
  std::string_view head = href.substr(0, hash);
  const std::size_t mark = head.find('?');
  std::string_view query = mark == std::string_view::npos ? "" : head.substr(mark + 1);
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.size(), query.find('&'));
    const std::string_view piece = query.substr(0, end);
    query.remove_prefix(std::min(query.size(), end + 1));
    if (piece.empty() || piece.starts_with("a=") || piece.starts_with("p=")) continue;
    kept += std::string(piece) + '&';
  }
  return std::string(head.substr(0, mark)) + '?' + kept + "a=" + percent_encode(article_path) +
         "&p=" + std::to_string(placement) + std::string(fragment);
}

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.size(), list.find_first_of(" \t\n\f\r"));
    if (ascii::equals_ignoring_case(list.substr(0, end), word)) return true;
    list.remove_prefix(std::min(list.size(), end + 1));
  }
  return false;
}

std::string_view shortened(std::string_view utf8, std::size_t bytes) {
  if (utf8.size() <= bytes) return utf8;
  while (bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0U) == 0x80U) --bytes;
  return utf8.substr(0, bytes);
}

}  // namespace candor::disclosure
