#include "link/link_export.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "link/percent_set.h"
#include "link/url.h"

namespace candor {
namespace {

/// Words stay well below nginx's limit of 4,096 bytes, also when each byte had to be escaped.
constexpr std::size_t kPlainWordBytes = 3000;
constexpr std::size_t kPieceBytes = kPlainWordBytes / 2;

/// The links of one file, each with its static route.
class Exported {
 public:
  Exported(std::span<const Link> links, const StaticMoment& moment)
      : links_(links), routes_(links, moment) {}

  /// Gives `use(link, location)` each link that can be redirected to. Locations are found anew each
  /// time: with a million links they are too many to be held.
  template <class Use>
  void each(Use use) const {
    for (const Link& link : links_)
      if (const auto location = routes_.find(link)) use(link, *location);
  }
  void write_left_out(const TextSink& sink) const {
    std::array<std::size_t, kNotStaticCount> count{};
    for (const Link& link : links_)
      if (const auto location = routes_.find(link); !location)
        ++count.at(static_cast<std::size_t>(location.error()));
    const auto tell = [&](NotStatic why, std::string_view what) {
      const std::size_t links = count.at(static_cast<std::size_t>(why));
      if (links == 0) return;
      sink("# Left out: " + std::to_string(links) + (links == 1 ? " link " : " links ") +
           std::string(what) + "\n");
    };
    tell(NotStatic::Rules, "with rules: where a reader goes only Candor can tell.");
    tell(NotStatic::Cap, "with a cap of clicks: only Candor counts them.");
    tell(NotStatic::NotYet, "yet to start.");
    tell(NotStatic::Ended, "at an end, without a fallback that serves.");
  }
  std::span<const Link> links() const { return links_; }

 private:
  std::span<const Link> links_;
  StaticRoutes routes_;
};

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
  NginxMap(const Exported& exported, std::string_view go_prefix, const TextSink& sink)
      : exported_(exported), sink_(sink) {
    // nginx compares the decoded path.
    append_nginx_quoted(prefix_, percent_decode(go_prefix));
  }

  void write() {
    write_sizes();
    sink_("geo $candor_dollar { default \"$\"; }\n");
    exported_.each([this](const Link& link, const std::string& href) {
      if (nginx_value(href).size() > kPlainWordBytes) write_pieces(link, href);
    });
    sink_("map $uri $candor_destination {\n    default \"\";\n");
    exported_.each([this](const Link& link, const std::string& href) {
      std::string value = nginx_value(href);
      if (value.size() > kPlainWordBytes) value = joined_pieces(link, href.size());
      sink_("    \"" + prefix_ + link.slug + "\" \"" + value + "\";\n");
    });
    sink_("}\n");
  }

 private:
  void write_sizes() const {
    std::size_t longest = 0;
    for (const Link& link : exported_.links()) longest = std::max(longest, link.slug.size());
    const auto buckets = std::bit_ceil(std::max<std::size_t>(2048, exported_.links().size() * 2));
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

  const Exported& exported_;
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

void write_caddy(const Exported& exported, std::string_view go_prefix, const TextSink& sink) {
  const std::string prefix = caddy_value(go_prefix);
  sink("(candor_links) {\n\tmap {path} {candor_destination} {\n\t\tdefault \"\"\n");
  exported.each([&](const Link& link, const std::string& href) {
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
                 const StaticMoment& moment, const TextSink& sink) {
  sink("# Written by Candor when its links change, start or end; what is changed here is lost.\n");
  const Exported exported(links, moment);
  exported.write_left_out(sink);
  if (server == WebServer::Nginx)
    NginxMap(exported, go_prefix, sink).write();
  else
    write_caddy(exported, go_prefix, sink);
}

}  // namespace candor
