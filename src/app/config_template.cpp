#include <fmt/format.h>

#include "app/config.h"
#include "app/config_edit.h"

namespace candor::app {

std::string config_template(const std::string& name, const std::string& url) {
  return fmt::format(
      R"(# Candor's configuration. Every key is shown; lines that begin with # hold the default.
# Days are cut in the site's zone. After a change: systemctl reload candor (SIGHUP to candor serve). It takes over
# hosts, deadline_ms, repeat_window_s, flood_per_minute, data_centre, trusted_proxies, forwarded_header, country_header,
# [redirect.limits], [geo] and [privacy] without dropping a request, and names what needs a restart.

# data_dir = "data"               # database, journal, keys; relative to this file

[site]
name = {}
url = {}   # as readers type it
# hosts = ["www.example.com"]     # further host names of the site
# zone = "UTC"                    # "Europe/Berlin": where the site's days begin
# jurisdictions = ["US"]          # whose disclosure rules apply: "US", "UK", "DE", ...
# language = ""                   # of the disclosure: "en-US", "de", ...; empty: the page's own
# content_selector = ""           # CSS selector of what holds the article, as in "#content .post"; empty: guessed
# demo = false                    # true marks every number as demo data

[redirect]
# listen = "127.0.0.1:8080"       # put nginx or Caddy in front; port 0 picks one
# public_url = ""                 # where readers reach it; empty: the site's url
# go_prefix = "/go/"              # links are public_url + go_prefix + slug; nginx's or Caddy's file names it, too
# durability = "power"            # "power": a click survives a power cut; "process": survives kill -9
# deadline_ms = 250               # then the reader is redirected although the disk has not answered; 0: wait
# repeat_window_s = 30            # the same visitor on the same link within this counts once
# flood_per_minute = 30           # more clicks of one visitor than this do not count; 0: any number
# data_centre = "mark"            # "mark": clicks from networks of servers do not count; "count": they do
# country_header = ""             # "CF-IPCountry": the reader's country, believed from trusted proxies only
# trusted_proxies = ["127.0.0.1", "::1"]   # addresses and ranges ("10.0.0.0/8") whose header below is believed
# forwarded_header = "X-Forwarded-For"     # or "Forwarded" (RFC 7239): the one your proxy writes
# node = 0                        # 0 to 1023, different on every machine of one site
# export_dir = "export"           # where nginx and Caddy find all links, for when Candor is stopped; relative to data_dir

[redirect.limits]
# head_bytes = 16384              # request line and headers; beyond: 431
# target_bytes = 8192             # path and query; beyond: 414
# header_count = 100              # beyond: 431
# body_bytes = 65536              # beyond: 413
# connections = 10000             # beyond: the longest idle one is closed
# connections_per_address = 64    # of one IPv4 address or IPv6 /64; beyond: 429; trusted proxies have no cap; 0: no cap
# requests_per_connection = 100000
# head_deadline_ms = 5000         # for the whole head; beyond: 408
# body_deadline_ms = 10000        # for the whole body; beyond: 408
# write_deadline_ms = 10000       # for each 16 KiB a reader takes; beyond: closed
# keep_alive_ms = 15000           # silence before a connection is closed
# not_found_per_minute = 60       # unknown links one reader may ask for; beyond: 429; known links never count; 0: any number

[geo]
# country_db = ""                 # a database of countries in MaxMind's format (DB-IP Lite, GeoLite2); relative to data_dir
# asn_db = ""                     # one of networks, by which servers are told from readers; newer files are noticed

[admin]
# listen = "127.0.0.1:8081"       # dashboard and API
# public_url = ""                 # where you reach it, when a proxy stands in front

[pages]
# root = "public"                 # folder of built pages to serve, disclosed as they pass; empty: off
# origin = ""                     # or the server whose pages pass: "http://127.0.0.1:8083", "unix:/run/site.sock"
# listen = "127.0.0.1:8082"
# leave_alone = ["/wp-admin/", "/wp-login.php", "/wp-json/", "/ghost/"]   # paths of the origin that are never edited
# upload_mb = 512                 # what a reader may send to the origin at once; beyond: 413
# origin_timeout_s = 60           # for the origin's first byte, and for each next; beyond: 504
# link_through_go = true          # turn paid links into /go/ links (Amazon and eBay stay direct)
# link_impressions = false        # also count which direct links come into view

[disclosure]
# same_price = false              # true: you affirm that readers pay the same price, and pages say so
# confirmed = []                  # required sentences whose wording you checked: "amazon-nl", "amazon-pl", ...
# footer = false                  # true: the page's footer repeats how paid links are marked
# stylesheet = false              # true: pages load a small stylesheet for notices, from public_url + go_prefix + -/candor.css
# replace_legacy = false          # true: takes out old disclosures that hedge or name no pay, where they stand alone

# Your own words, by language; {{site}} is the site's name, {{label}} what paid links are marked with:
# [disclosure.texts.en]
# top = ""                        # where some shop links pay nobody
# top_all = ""                    # where every shop link pays
# label = ""                      # "paid link" in brackets, unless you say otherwise
# footer = ""

# A notice for the articles of a category, paid links or not; it stands in for no disclosure:
# [[disclaimers]]
# category = "health"
# paths = ["/health/*"]
# text = "This is no medical advice."
# language = ""                   # of the pages it is for; empty: any

# Each is "on", "off", or "consent": only for readers whose cookies say so, candor_consent=visitors,beacon,click_token
# or the WP Consent API's wp_consent_statistics=allow (visitors, beacon) and wp_consent_marketing=allow (click_token).
# candor privacy prints what is kept, for your privacy notice.
[privacy]
# visitors = "on"                 # a pseudonymous key of reader and day; off: every click stands alone, repeats count
# beacon = "on"                   # clicks on Amazon's and eBay's links, and article views, told by a script in the page
# click_token = "on"              # the click's token in the link to the network, by which its sale is matched

[revenue]
# drop_dir = "drop"               # report files put here are imported by candor nightly; relative to data_dir
# report_days = 28                # days in the nightly report
# amazon_tags = 100               # tracking IDs that Amazon allows you: candor revenue tags plan says who deserves one
# model = "linear"                # how clicks share what no token, label or tag decides; first, last, position, time-decay
# half_life_days = 7              # time-decay: a click this much older counts half
# currency = {{ awin = "GBP" }}     # for networks whose files carry none

# candor nightly moves clicks of older days into columns: a quarter of the room, and reports still read every one.
[retention]
# raw_click_days = 7              # days before today whose clicks stay as they came, with the keys of their visitors; 2 or more

# candor nightly copies the database; keep copies on another machine as well, with data_dir's folder keys.
[backup]
# keep = 3                        # newest copies that stay; 0: none are made
# dir = "backups"                 # relative to data_dir

# Digests by mail, with alerts: traffic that drops or spikes, dead links, pages without disclosure, stale imports.
# A new password can be mailed, too. Try it: candor mail test. The password is in password_file, or in $CANDOR_MAIL_PASSWORD.
[mail]
# to = []                         # ["you@example.com"]; empty: no digests and no alerts
# from = ""                       # the sender: "candor@example.com"
# digests = ["daily"]             # "daily", "weekly" (Monday to Sunday), "monthly"
# alerts = true                   # also mailed on days without a digest, when something new is wrong
# host = ""                       # the mail server; empty: the machine's own sendmail
# encryption = "starttls"         # "starttls", "smtps" or "none"
# port = 587                      # 465 for smtps, 25 for none
# user = ""                       # empty: no password is asked for
# password_file = ""              # its first line is the password; relative to this file
# ca_file = ""                    # a certificate to trust beside the system's
# sendmail = "/usr/sbin/sendmail" # used when host is empty
# timeout_s = 30

# candor nightly looks whether the shops' pages are still there; never at a network's own links, where it would be a click.
[links]
# check = true
# check_pace_ms = 1000            # between two requests to one host
# check_private = false           # true: also at addresses of private networks

# Addresses that are told what happens: candor webhook add.
[webhooks]
# private_networks = false        # true: messages may go to addresses of local networks, too

# A tracking id or sub-id that belongs to one article:
# [[labels]]
# network = "amazon"
# kind = "tag"                    # or "sub-id"
# text = "mysite-kettles-20"
# article = "/best-kettles/"

# A programme of your own: links to these hosts are paid links, and are disclosed and counted like a network's.
# [[programmes]]
# name = "kettle club"
# hosts = ["shop.example", "*.shop.example"]
# parameter = ""                  # only links with this query parameter pay; empty: all of them
)",
      toml_string(name), toml_string(url));
}

}  // namespace candor::app
