#include "link/link_export.h"

#include <algorithm>
#include <bit>
#include <string>

#include "link/percent_set.h"
#include "link/slotted_url.h"
#include "link/targeting_json.h"
#include "link/url.h"

namespace candor {
namespace {

/// Words stay well below nginx's limit of 4,096 bytes, also when each byte had to be escaped.
constexpr std::size_t kPlainWordBytes = 3000;
constexpr std::size_t kPieceBytes = kPlainWordBytes / 2;

/// Where readers go without a rule that says otherwise: its parameters put in, its places empty.
std::optional<std::string> plain_location(const Link& link) {
  if (link.state != LinkState::Active) return std::nullopt;
  const auto url = parse_url(link.destination);
  if (!url) return std::nullopt;
  std::string href = url->href;
  if (!link.targeting.empty())
    if (const auto targeting = parse_targeting(link.targeting))
      href = with_parameters(href, targeting->utm);
  if (has_slots(href)) href = SlottedUrl({.before = href, .after = {}}, {}).fill({});
  return href;
}

/// Gives `use(link, location)` each link that can be redirected to.
template <class Use>
void each_exported(std::span<const Link> links, Use use) {
  for (const Link& link : links)
    if (const auto location = plain_location(link)) use(link, *location);
}

/// What stands between double quotes: there nginx reads a backslash as an escape.
void append_nginx_quoted(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
}

std::string nginx_value(std::string_view href) {
  std::string value;
  for (std::size_t at = 0; at < href.size();) {
    const std::size_t dollar = std::min(href.find('$', at), href.size());
    append_nginx_quoted(value, href.substr(at, dollar - at));
    if (dollar < href.size()) value += "${candor_dollar}";
    at = dollar + 1;
  }
  return value;
}

std::string piece_name(LinkId id, std::size_t number) {
  return "candor_piece_" + std::to_string(id.value) + "_" + std::to_string(number);
}

/// nginx's hash tables: of elements of this many bytes at most, a dozen are let into one bucket, so
/// that with twice as many buckets as links the table is found at the first try.
std::size_t bucket_bytes(std::size_t longest_key) {
  constexpr std::size_t kPointer = sizeof(void*);
  const std::size_t element = kPointer + (longest_key + 2 + kPointer - 1) / kPointer * kPointer;
  return std::bit_ceil(std::max<std::size_t>(512, 12 * element + kPointer));
}

class NginxMap {
 public:
  NginxMap(std::span<const Link> links, std::string_view go_prefix, const TextSink& sink)
      : links_(links), sink_(sink) {
    // nginx compares the decoded path.
    append_nginx_quoted(prefix_, percent_decode(go_prefix));
  }

  void write() {
    write_sizes();
    sink_("geo $candor_dollar { default \"$\"; }\n");
    each_exported(links_, [this](const Link& link, const std::string& href) {
      if (nginx_value(href).size() > kPlainWordBytes) write_pieces(link, href);
    });
    sink_("map $uri $candor_destination {\n    default \"\";\n");
    each_exported(links_, [this](const Link& link, const std::string& href) {
      std::string value = nginx_value(href);
      if (value.size() > kPlainWordBytes) value = joined_pieces(link, href.size());
      sink_("    \"" + prefix_ + link.slug + "\" \"" + value + "\";\n");
    });
    sink_("}\n");
  }

 private:
  void write_sizes() const {
    std::size_t longest = 0;
    for (const Link& link : links_) longest = std::max(longest, link.slug.size());
    const auto buckets = std::bit_ceil(std::max<std::size_t>(2048, links_.size() * 2));
    sink_("map_hash_max_size " + std::to_string(buckets) + ";\nmap_hash_bucket_size " +
          std::to_string(bucket_bytes(prefix_.size() + longest)) + ";\n");
  }
  void write_pieces(const Link& link, std::string_view href) const {
    for (std::size_t number = 0; number * kPieceBytes < href.size(); ++number) {
      std::string line = "geo $" + piece_name(link.id, number) + " { default \"";
      append_nginx_quoted(line, href.substr(number * kPieceBytes, kPieceBytes));
      sink_(line + "\"; }\n");
    }
  }
  static std::string joined_pieces(const Link& link, std::size_t bytes) {
    std::string value;
    for (std::size_t number = 0; number * kPieceBytes < bytes; ++number)
      value += "${" + piece_name(link.id, number) + "}";
    return value;
  }

  std::span<const Link> links_;
  const TextSink& sink_;
  std::string prefix_;
};

/// Between backticks Caddy's lexer reads everything as it is; braces are placeholders later on.
std::string caddy_value(std::string_view href) {
  std::string value;
  for (const char c : href) {
    if (std::string_view("{}`\\").find(c) == std::string_view::npos)
      value += c;
    else
      append_percent_byte(value, static_cast<unsigned char>(c));
  }
  return value;
}

void write_caddy(std::span<const Link> links, std::string_view go_prefix, const TextSink& sink) {
  const std::string prefix = caddy_value(go_prefix);
  sink("(candor_links) {\n\tmap {path} {candor_destination} {\n\t\tdefault \"\"\n");
  each_exported(links, [&](const Link& link, const std::string& href) {
    sink("\t\t`" + prefix + link.slug + "` `" + caddy_value(href) + "`\n");
  });
  sink("\t}\n}\n");
}

}  // namespace

std::string_view name_of(WebServer server) {
  return server == WebServer::Nginx ? "nginx" : "caddy";
}

std::optional<WebServer> find_web_server(std::string_view name) {
  for (const WebServer server : {WebServer::Nginx, WebServer::Caddy})
    if (name == name_of(server)) return server;
  return std::nullopt;
}

void write_links(WebServer server, std::span<const Link> links, std::string_view go_prefix,
                 const TextSink& sink) {
  sink("# Written by Candor at every change of its links; what is changed here is lost.\n");
  if (server == WebServer::Nginx)
    NginxMap(links, go_prefix, sink).write();
  else
    write_caddy(links, go_prefix, sink);
}

}  // namespace candor
