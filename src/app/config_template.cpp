#include <fmt/format.h>

#include "app/config.h"

namespace candor::app {
namespace {

/// As a TOML basic string, quotes included.
std::string toml_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out += '"';
}

}  // namespace

std::string config_template(const std::string& name, const std::string& url) {
  return fmt::format(
      R"(# Candor's configuration. Every key is shown; lines that begin with # hold the default.
# Times of day and days are cut in the site's zone. After a change: restart candor serve.

# data_dir = "data"               # database, journal, keys; relative to this file

[site]
name = {}
url = {}   # as readers type it
# hosts = ["www.example.com"]     # further host names of the site
# zone = "UTC"                    # "Europe/Berlin": where the site's days begin
# jurisdictions = ["US"]          # whose disclosure rules apply: "US", "UK", "DE", ...
# language = ""                   # of the disclosure: "en-US", "de", ...; empty: the page's own
# demo = false                    # true marks every number as demo data

[redirect]
# listen = "127.0.0.1:8080"       # put nginx or Caddy in front; port 0 picks one
# public_url = ""                 # where readers reach it; empty: the site's url
# go_prefix = "/go/"              # links are public_url + go_prefix + slug
# durability = "power"            # "power": a click survives a power cut; "process": survives kill -9
# deadline_ms = 250               # then the reader is redirected although the disk has not answered; 0: wait
# repeat_window_s = 30            # the same visitor on the same link within this counts once
# trusted_proxies = ["127.0.0.1", "::1"]   # whose X-Forwarded-For is believed
# node = 0                        # 0 to 1023, different on every machine of one site

[admin]
# listen = "127.0.0.1:8081"       # dashboard and API
# public_url = ""                 # where you reach it, when a proxy stands in front

[pages]
# root = "public"                 # folder of built pages to serve, disclosed as they pass; empty: off
# listen = "127.0.0.1:8082"
# link_through_go = true          # turn paid links into /go/ links (Amazon and eBay stay direct)

[revenue]
# drop_dir = "drop"               # report files put here are imported by candor nightly; relative to data_dir
# report_days = 28                # days in the nightly report
# currency = {{ awin = "GBP" }}     # for networks whose files carry none

# A tracking id or sub-id that belongs to one article:
# [[labels]]
# network = "amazon"
# kind = "tag"                    # or "sub-id"
# text = "mysite-kettles-20"
# article = "/best-kettles/"
)",
      toml_string(name), toml_string(url));
}

}  // namespace candor::app
