#include "disclosure/page/paid_links.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "disclosure/page/link_network.h"
#include "disclosure/page/other_ways.h"
#include "disclosure/page/own_markup.h"
#include "disclosure/page/page_address.h"
#include "link/host.h"
#include "link/link.h"
#include "link/url.h"
#include "networks/link_pattern.h"

namespace candor::disclosure {
namespace {

constexpr std::size_t kLinkTextBytes = 200;

/// A bar above the content, as themes and plug-ins name it.
bool is_bar(const html::Page& page, const html::Token& tag) {
  static constexpr std::array<std::string_view, 14> kNames{
      "topbar",    "top-bar",      "hero",       "sticky-bar",       "sticky-header",
      "promo-bar", "announcement", "notice-bar", "announcement-bar", "site-header",
      "masthead",  "shop-menu",    "banner",     "hello-bar"};
  for (const std::string_view attribute : {"class", "id"}) {
    const auto* found = page.find_attribute(tag, attribute);
    if (found == nullptr) continue;
    const std::string_view list = found->value.of(page.bytes);
    if (std::ranges::any_of(kNames, [&](std::string_view name) { return has_word(list, name); }))
      return true;
  }
  return false;
}

bool is_product_path(std::string_view path) {
  return path.find("/dp/") != std::string_view::npos ||
         path.find("/gp/product/") != std::string_view::npos ||
         path.find("/gp/aw/d/") != std::string_view::npos ||
         path.find("/exec/obidos/") != std::string_view::npos;
}

class LinkReader {
 public:
  LinkReader(const html::Page& page, const Outline& outline, const html::Encoding& encoding,
             const Policy& policy)
      : page_(page),
        outline_(outline),
        encoding_(encoding),
        policy_(policy),
        address_(policy.article_path, outline.base_href) {
    if (const auto canonical = parse_url(outline.canonical_url))
      own_host_ = canonical->host;
    else if (const auto base = parse_url(outline.base_href); base && policy.site_hosts.empty())
      own_host_ = base->host;
    read_prefix();
  }

  PageLinks read() {
    for (std::uint32_t i = 0; i < outline_.anchors.size(); ++i) read_anchor(i);
    links_.unsure_links = links_.unsure.size();
    const std::vector<bool> paid = paid_tokens();
    find_other_ways(page_, outline_, encoding_, address_, policy_, paid, links_);
    return std::move(links_);
  }

 private:
  void read_prefix() {
    const std::string prefix = usable_go_prefix(policy_);
    if (const auto url = parse_url(prefix)) {
      go_host_ = url->host;
      go_path_ = url->path;
    } else if (prefix.starts_with('/')) {
      go_path_ = prefix;
    }
  }

  std::vector<bool> paid_tokens() const {
    std::vector<bool> paid(links_.paid.empty() ? 0 : page_.tokens.size());
    for (const PageLink& link : links_.paid) paid[link.token] = true;
    return paid;
  }

  bool is_site_host(std::string_view host) const {
    return std::ranges::any_of(policy_.site_hosts, [&](const std::string& each) {
      return ascii::equals_ignoring_case(each, host);
    });
  }
  /// Also the host the page names as its own.
  bool is_own_host(std::string_view host) const {
    return host.empty() || (!own_host_.empty() && host == own_host_) || is_site_host(host);
  }

  /// The slug when the link goes through the site's own redirects.
  std::optional<std::string> own_slug(const LinkTarget& target) const {
    if (go_path_.empty() || !target.path.starts_with(go_path_)) return std::nullopt;
    const bool host_fits = !go_host_.empty() && target.host == go_host_;
    if (!host_fits && !is_own_host(target.host)) return std::nullopt;
    std::string slug = target.path.substr(go_path_.size());
    if (check_slug(slug)) return std::nullopt;
    return slug;
  }

  void read_anchor(std::uint32_t index) {
    const Element& element = outline_.elements[outline_.anchors[index].element];
    const html::Token& token = page_.tokens[element.start_token];
    if (element.inert) return;
    auto written = attribute_text(page_, token, "href", encoding_);
    if (!written && element.foreign)
      written = attribute_text(page_, token, "xlink:href", encoding_);
    if (!written) return;
    const auto target = address_.resolve(*written);
    if (!target) return;
    PageLink made;
    made.token = element.start_token;
    made.link.href = href_of(*written, *target);
    if (const auto slug = own_slug(*target)) {
      made.link.slug = *slug;
      made.redirects = made.own_redirect = true;
      read_known(*target, made);
    } else if (!read_paid(*target, token, made)) {
      return;
    }
    add(index, element, *written, std::move(made));
  }

  /// The serialised URL; an href as written where the host is not known, or has a user in front:
  /// the site keeps no such link.
  static std::string href_of(std::string_view written, const LinkTarget& target) {
    if (!target.url || written.find('@') < written.find_first_of("?#"))
      return as_browsers_read(written);
    return target.url->href;
  }

  bool read_paid(const LinkTarget& target, const html::Token& token, PageLink& made) {
    if (read_named_target(token, made)) return true;
    const std::string rel = attribute_text(page_, token, "rel", encoding_).value_or("");
    const std::string ours = attribute_text(page_, token, kRelMark, encoding_).value_or("");
    // What an earlier run wrote was about the address that stood there then. Below a folder of
    // redirects an address tells nothing, and the mark stays all there is.
    const bool sponsored = has_word(rel, "sponsored") &&
                           (!has_word(ours, "sponsored") ||
                            (is_own_host(target.host) && !cloaking_folder(target.path).empty()));
    if (is_own_host(target.host) && read_known(target, made)) return true;
    if (!is_own_host(target.host) || (target.url && !is_site_host(target.host)))
      if (read_network(target, sponsored, made)) return true;
    return is_own_host(target.host) && read_own(target, sponsored, made);
  }

  /// A redirect that names its destination beside it.
  bool read_named_target(const html::Token& token, PageLink& made) {
    const auto named = attribute_text(page_, token, "data-candor-target", encoding_);
    if (!named) return false;
    const auto target = address_.resolve(*named);
    if (!target || !target->url) return false;
    const auto network = network_of(*target->url, policy_);
    if (!network || !network->sure) return false;
    made.redirects = made.link.href != target->url->href;
    made.destination = target->url->href;
    set_network(*network, made);
    return true;
  }

  /// A redirect on the site itself whose link the owner has.
  bool read_known(const LinkTarget& target, PageLink& made) {
    if (!policy_.known_link || target.path == "/") return false;
    const auto known = policy_.known_link(target.url ? target.url->href : target.path);
    if (!known) return false;
    made.redirects = made.own_redirect = true;
    made.destination = known->destination;
    if (!known->address.empty() && made.link.slug.empty()) made.link.href = known->address;
    LinkNetwork network{known->network, false, true, {}};
    if (const auto url = parse_url(known->destination))
      if (auto found = network_of(*url, policy_); found && found->sure) network = *found;
    const std::string slug = made.link.slug;
    set_network(network, made);
    if (!slug.empty()) made.link.network.clear();
    return true;
  }

  void set_network(const LinkNetwork& network, PageLink& made) const {
    made.link.network = network.name;
    made.link.stays_direct = networks::stays_direct(network.name);
    made.is_amazon = network.name == "amazon";
  }

  /// Fills in the network of a paid link; false for other links, with a doubt noted where it is
  /// due. The site's own hosts pay nobody, whatever their parameters look like.
  bool read_network(const LinkTarget& target, bool sponsored, PageLink& made) {
    if (!target.url) return false;
    const auto network = network_of(*target.url, policy_);
    if (!network) {
      if (is_amazon_shop(target.host) && is_product_path(target.path))
        links_.untagged.push_back(made.token);
      else if (sponsored && !is_own_host(target.host))
        links_.doubt("a link to " + target.host +
                     " is marked sponsored, but its network is not known");
      return false;
    }
    if (!network->sure && !sponsored) {
      links_.doubt("links to " + target.host + " may be paid (" + network->name + "?)");
      return false;
    }
    made.redirects = network->wrapped || is_short_link(*target.url);
    set_network(*network, made);
    made.destination = network->destination;
    return true;
  }

  /// A redirect on the site itself that is not known by its prefix: paid when it says so.
  bool read_own(const LinkTarget& target, bool sponsored, PageLink& made) {
    if (target.url)
      if (const auto wrapped = wrapped_network(*target.url, policy_); wrapped && wrapped->sure) {
        made.redirects = made.own_redirect = true;
        made.destination = wrapped->destination;
        set_network(*wrapped, made);
        return true;
      }
    const std::string_view prefix = cloaking_folder(target.path);
    if (!prefix.empty() && !sponsored)
      links_.doubt("links under " + std::string(prefix) +
                   " may be redirects to a shop; their destinations are not known");
    if (prefix.empty() && sponsored) {
      if (policy_.known_link)
        links_.needless.push_back(made.token);
      else
        links_.doubt("a link of the site's own is marked sponsored; where it leads is not known");
    }
    made.redirects = made.own_redirect = true;
    return sponsored && !prefix.empty();
  }

  /// Above the content in a bar of the site's, or outside of what the owner names the content.
  bool stands_above_content(const Element& element) const {
    if (outline_.main == kNoElement ||
        element.start_token > outline_.elements[outline_.main].start_token)
      return false;
    if (!policy_.content_selector.empty()) return true;
    for (std::uint32_t up = element.parent; up != kNoElement; up = outline_.elements[up].parent)
      if (is_bar(page_, page_.tokens[outline_.elements[up].start_token])) return true;
    return false;
  }

  void add(std::uint32_t index, const Element& element, const std::string& written, PageLink made) {
    const Anchor& anchor = outline_.anchors[index];
    made.written_href = written;
    made.anchor = index;
    made.zone = element.zone;
    made.is_content = element.zone == Zone::Content && !stands_above_content(element);
    made.link.placement = static_cast<int>(links_.paid.size()) + 1;
    if (anchor.block != kNoBlock && anchor.block < outline_.blocks.size()) {
      const std::string_view text = outline_.blocks[anchor.block].text;
      const std::size_t begin = std::min<std::size_t>(anchor.text_begin, text.size());
      const std::size_t end = std::min<std::size_t>(anchor.text_end, text.size());
      const std::string_view own = ascii::trim(text.substr(begin, end - begin));
      made.link.text = shortened(with_replaced_malformed_utf8(own), kLinkTextBytes);
    }
    links_.paid.push_back(std::move(made));
  }

  const html::Page& page_;
  const Outline& outline_;
  const html::Encoding& encoding_;
  const Policy& policy_;
  const PageAddress address_;
  std::string own_host_;
  std::string go_host_;
  std::string go_path_;
  PageLinks links_;
};

}  // namespace

void PageLinks::doubt(std::string reason) {
  constexpr std::size_t kReasons = 20;
  if (unsure.size() >= kReasons) return;
  if (std::ranges::find(unsure, reason) == unsure.end()) unsure.push_back(std::move(reason));
}

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
