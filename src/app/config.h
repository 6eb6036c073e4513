#pragma once
// candor.toml: everything the owner decides, with defaults for the rest. Unknown keys are errors
// with their place.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "attribution/window_model.h"
#include "geo/atlas.h"
#include "http/limits.h"
#include "jobs/mail_settings.h"
#include "jobs/network_settings.h"
#include "journal/journal.h"
#include "pages/site_settings.h"
#include "redirect/client_address.h"
#include "revenue/money.h"
#include "store/revenue_store.h"

namespace candor::app {

/// "candor.toml:12:3: unknown key \"serer\" (did you mean \"server\"?)"
class ConfigError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A label rule as written: its article is still a path.
struct LabelSetting {
  std::string network;
  std::string kind;  ///< "sub-id" or "tag"
  std::string text;
  std::string article;
  friend bool operator==(const LabelSetting&, const LabelSetting&) = default;
};

/// What the redirect front puts up with unless the owner says otherwise: readers send little.
inline http::Limits default_redirect_limits() {
  http::Limits limits;
  limits.body_bytes = std::size_t{64} << 10;
  limits.connections_per_address = 64;
  limits.write_buffer_bytes = std::size_t{64} << 10;  // redirects and short pages
  return limits;
}

struct Config {
  std::filesystem::path file;      ///< where it was read from
  std::filesystem::path data_dir;  ///< absolute
  pages::SiteSettings site;
  std::string zone = "UTC";

  std::string redirect_listen = "127.0.0.1:8080";
  std::string redirect_public_url;  ///< how readers reach it; empty: the site's url
  std::string go_prefix = "/go/";
  journal::Durability durability = journal::Durability::Power;
  std::chrono::milliseconds deadline{250};
  std::chrono::seconds repeat_window{30};
  unsigned flood_per_minute = 30;   ///< clicks of one visitor; 0: any number
  bool count_data_centres = false;  ///< clicks from networks of servers count like any other
  std::string country_header;       ///< of a trusted proxy; empty: none
  geo::AtlasOptions geo;            ///< absolute
  std::vector<std::string> trusted_proxies{"127.0.0.1", "::1"};
  redirect::ForwardedHeader forwarded_header = redirect::ForwardedHeader::XForwardedFor;
  http::Limits redirect_limits = default_redirect_limits();
  unsigned not_found_per_minute = 60;  ///< by one client; 0: any number
  int node = 0;
  std::filesystem::path export_dir;  ///< absolute; where a web server finds the links

  std::string admin_listen = "127.0.0.1:8081";
  std::string admin_public_url;  ///< empty: as it listens

  std::string pages_listen = "127.0.0.1:8082";
  std::filesystem::path pages_root;  ///< absolute; empty: no folder is served
  std::string pages_origin;          ///< "http://127.0.0.1:8083" or "unix:/path"; empty: none
  /// Paths of the origin below which nothing is edited.
  std::vector<std::string> pages_leave_alone{"/wp-admin/", "/wp-login.php", "/wp-json/", "/ghost/"};
  std::size_t pages_upload_bytes = std::size_t{512} << 20;  ///< of a request to the origin
  std::chrono::seconds pages_origin_timeout{60};  ///< for the origin's first byte, and each next

  std::filesystem::path drop_dir;            ///< absolute
  std::map<std::string, Currency> currency;  ///< by network
  std::vector<LabelSetting> labels;
  jobs::NetworkSettings networks;
  int report_days = 28;
  int raw_click_days = 7;            ///< before today whose clicks stay rows
  int amazon_tags = 100;             ///< tracking IDs that Amazon allows the account
  attribution::ModelChoice model;    ///< how clicks of a window share what no evidence decides
  std::filesystem::path backup_dir;  ///< absolute
  int backups_kept = 3;              ///< 0: none are made
  jobs::MailSettings mail{};
  bool check_links = true;                          ///< candor nightly looks where they lead
  std::chrono::milliseconds link_check_pace{1000};  ///< between two requests to one host
  bool check_private_links = false;                 ///< also at addresses of private networks
  bool link_stylesheet = false;                     ///< pages load Candor's own for disclosures
  bool webhooks_to_private_networks = false;
};

/// Reads and checks the file. Throws ConfigError with file:line:column, the reason and what to do.
Config load_config(const std::filesystem::path& file);

/// --config, else $CANDOR_CONFIG, else ./candor.toml, else /etc/candor/candor.toml; empty when none
/// exists. A file that was named but is missing throws ConfigError.
std::filesystem::path find_config(const std::string& option);

/// A commented candor.toml with the given site name and url.
std::string config_template(const std::string& name, const std::string& url);

}  // namespace candor::app
