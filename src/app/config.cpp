#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "app/config_clicks.h"
#include "app/config_disclosure.h"
#include "app/config_limits.h"
#include "app/config_mail.h"
#include "app/config_networks.h"
#include "app/config_nightly.h"
#include "app/config_origin.h"
#include "app/config_section.h"
#include "css/selector.h"
#include "disclosure/wording/jurisdictions.h"
#include "link/url.h"
#include "pages/page_processor.h"
#include "redirect/client_address.h"
#include "rollup/site_zone.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

/// A URL that others are appended to: without query and fragment, and without a slash at its end.
std::string base_url(Section& section, const char* key) {
  const std::string typed = section.text(key, "");
  if (typed.empty()) return typed;
  const auto url = parse_url(typed);
  if (!url) section.fail_key(key, fmt::format("\"{}\": {}", typed, message_of(url.error())));
  if (url->has_query || url->has_fragment)
    section.fail_key(key, fmt::format("\"{}\" must end before '?' and '#'", typed));
  return typed.substr(0, typed.find_last_not_of('/') + 1);
}

void read_hosts(Section& section, pages::SiteSettings& site) {
  for (const std::string& host : section.texts("hosts", {})) {
    const auto url = parse_url("https://" + host + "/");
    if (!url || url->path != "/" || !url->port.empty())
      section.fail_key("hosts", fmt::format("\"{}\" is no host name", host));
    site.hosts.push_back(url->host);
  }
}

void read_jurisdictions(Section& section, pages::SiteSettings& site) {
  for (const std::string& each : section.texts("jurisdictions", {"US"})) {
    const auto code = disclosure::parse_jurisdiction(each);
    if (!code) section.fail_key("jurisdictions", code.error());
    if (std::ranges::find(site.jurisdictions, *code) == site.jurisdictions.end())
      site.jurisdictions.push_back(*code);
  }
  if (site.jurisdictions.empty())
    section.fail_key("jurisdictions", "is empty; then no disclosure rule would hold");
}

void read_site(Section& section, Config& config) {
  pages::SiteSettings& site = config.site;
  site.name = section.text("name", "");
  site.url = base_url(section, "url");
  const auto url = parse_url(site.url);
  if (!url) section.fail_key("url", "is missing: the site's URL, as readers type it");
  if (site.name.empty()) site.name = url->host;
  site.hosts = {url->host};
  read_hosts(section, site);
  read_jurisdictions(section, site);
  site.language = section.text("language", "");
  site.content_selector = section.text("content_selector", "");
  if (!site.content_selector.empty())
    if (const auto selectors = css::parse_selectors(site.content_selector); !selectors)
      section.fail_key("content_selector",
                       "is no CSS selector that can be read: " + selectors.error().message);
  site.demo = section.flag("demo", false);
  config.zone = section.text("zone", "UTC");
  if (auto zone = rollup::SiteZone::find(config.zone); !zone)
    section.fail_key("zone", zone.error());
}

void read_redirect(Section& section, Config& config) {
  config.redirect_listen = listen_address(section, "listen", config.redirect_listen);
  config.redirect_public_url = base_url(section, "public_url");
  config.go_prefix = section.text("go_prefix", config.go_prefix);
  const auto with_prefix = parse_url("https://site.invalid" + config.go_prefix);
  if (!config.go_prefix.starts_with('/') || !config.go_prefix.ends_with('/') || !with_prefix ||
      with_prefix->path != config.go_prefix)
    section.fail_key("go_prefix", "must be a path that begins and ends with '/', as in \"/go/\"");
  const std::string durability = section.text("durability", "power");
  if (durability != "power" && durability != "process")
    section.fail_key("durability",
                     "is \"power\" (survives a power cut) or \"process\" (survives kill -9)");
  config.durability =
      durability == "power" ? journal::Durability::Power : journal::Durability::Process;
  config.deadline = std::chrono::milliseconds(section.number("deadline_ms", 250, 0, 60000));
  config.repeat_window = std::chrono::seconds(section.number("repeat_window_s", 30, 0, 86400));
  config.trusted_proxies = section.texts("trusted_proxies", config.trusted_proxies);
  try {
    redirect::TrustedProxies{config.trusted_proxies};
  } catch (const std::invalid_argument& error) {
    section.fail_key("trusted_proxies", error.what());
  }
  const std::string header = section.text("forwarded_header", "X-Forwarded-For");
  if (header != "X-Forwarded-For" && header != "Forwarded")
    section.fail_key("forwarded_header", "is \"X-Forwarded-For\" or \"Forwarded\" (RFC 7239)");
  config.forwarded_header = header == "Forwarded" ? redirect::ForwardedHeader::Forwarded
                                                  : redirect::ForwardedHeader::XForwardedFor;
  read_click_rules(section, config);
  config.node = static_cast<int>(section.number("node", 0, 0, 1023));
  config.export_dir = section.text("export_dir", "export");
}

/// The owner's own programmes: "shop.example", or "*.shop.example" with all hosts below it.
void read_programmes(Section& root, const fs::path& file, pages::SiteSettings& site) {
  const toml::node* node = root.take("programmes");
  if (!node) return;
  const toml::array* array = node->as_array();
  if (!array || (!array->empty() && !array->is_array_of_tables()))
    root.fail(*node, "programmes must be tables: [[programmes]]");
  for (const toml::node& each : *array) {
    Section section(file, "programmes", each.as_table());
    disclosure::Programme programme{section.text("name", ""), section.texts("hosts", {}),
                                    section.text("parameter", "")};
    if (programme.network.empty())
      section.fail(each, "programmes.name is missing: how reports call it");
    if (programme.hosts.empty())
      section.fail(each, "programmes.hosts is missing: [\"shop.example\", \"*.shop.example\"]");
    for (std::string& host : programme.hosts) {
      const std::string name = host.starts_with("*.") ? host.substr(2) : host;
      const auto url = parse_url("https://" + name + "/");
      if (!url || name.find_first_of("/:@?#*") != std::string::npos)
        section.fail_key("hosts", "\"" + host + "\" is no host's name, like \"shop.example\"");
      host = (host.starts_with("*.") ? "*." : "") + url->host;
    }
    section.refuse_unknown();
    site.programmes.push_back(std::move(programme));
  }
}

void read_labels(Section& root, const fs::path& file, Config& config) {
  const toml::node* node = root.take("labels");
  if (!node) return;
  const toml::array* array = node->as_array();
  if (!array || (!array->empty() && !array->is_array_of_tables()))
    root.fail(*node, "labels must be tables: [[labels]]");
  for (const toml::node& each : *array) {
    Section section(file, "labels", each.as_table());
    LabelSetting label{section.text("network", ""), section.text("kind", "tag"),
                       section.text("text", ""), section.text("article", "")};
    if (label.kind != "tag" && label.kind != "sub-id")
      section.fail_key("kind", "is \"tag\" or \"sub-id\"");
    if (label.text.empty())
      section.fail(each, "labels.text is missing: the tag or sub-id as the network returns it");
    if (!label.article.starts_with('/'))
      section.fail(each, "labels.article must be the article's path: \"/best-kettles/\"");
    section.refuse_unknown();
    label.article = pages::url_path(label.article);
    config.labels.push_back(std::move(label));
  }
}

void read_revenue(Section& section, Config& config) {
  config.drop_dir = section.text("drop_dir", "");
  config.report_days = static_cast<int>(section.number("report_days", 28, 1, 3660));
  config.amazon_tags =
      static_cast<int>(section.number("amazon_tags", config.amazon_tags, 0, 100'000));
  const auto model = attribution::find_model(section.text("model", "linear"));
  if (!model ||
      std::ranges::find(attribution::kTouchModels, *model) == attribution::kTouchModels.end())
    section.fail_key("model", "is \"linear\", \"first\", \"last\", \"position\" or \"time-decay\"");
  config.model.model = *model;
  constexpr std::int64_t kDayMs = 86'400'000;
  config.model.half_life_ms = section.number("half_life_days", 7, 1, 3660) * kDayMs;
  const toml::node* node = section.take("currency");
  if (!node) return;
  if (!node->is_table())
    section.fail(*node, "revenue.currency must be a table: currency = { awin = \"GBP\" }");
  for (const auto& [network, value] : *node->as_table()) {
    const auto code = value.value<std::string>();
    const auto currency = code ? find_currency(*code) : std::nullopt;
    if (!currency) section.fail(value, "not an ISO 4217 currency code");
    config.currency[std::string(network.str())] = *currency;
  }
}

void read_privacy(Section& section, PrivacySwitches& privacy) {
  const auto read = [&section](const char* key, PrivacySwitch& value) {
    const auto found = find_privacy_switch(section.text(key, std::string(name_of(value))));
    if (!found)
      section.fail_key(key, "is \"off\", \"consent\" (for readers whose cookies say so) or \"on\"");
    value = *found;
  };
  read("visitors", privacy.visitors);
  read("beacon", privacy.beacon);
  read("click_token", privacy.click_token);
}

fs::path absolute_from(const fs::path& directory, const fs::path& path) {
  return path.is_absolute() ? path : (directory / path).lexically_normal();
}

}  // namespace

Config load_config(const fs::path& file) {
  if (!fs::exists(file) || fs::is_directory(file))
    throw ConfigError(
        fmt::format("{}: is no file; name a candor.toml, or make one: candor init", file.string()));
  toml::table parsed;
  try {
    parsed = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw ConfigError(fmt::format("{}:{}:{}: {}", file.string(), error.source().begin.line,
                                  error.source().begin.column,
                                  std::string_view(error.description())));
  }
  Config config;
  config.file = fs::absolute(file);
  const fs::path here = config.file.parent_path();
  Section root(file, "", &parsed);
  config.data_dir = absolute_from(here, root.text("data_dir", "data"));

  Section site = open_section(file, root, "site");
  read_site(site, config);
  site.refuse_unknown();
  Section redirect = open_section(file, root, "redirect");
  read_redirect(redirect, config);
  Section limits = open_section_in(file, "redirect", redirect, "limits");
  read_redirect_limits(limits, config);
  limits.refuse_unknown();
  redirect.refuse_unknown();
  config.export_dir = absolute_from(config.data_dir, config.export_dir);
  Section geo = open_section(file, root, "geo");
  read_geo(geo, config);
  geo.refuse_unknown();
  Section admin = open_section(file, root, "admin");
  config.admin_listen = listen_address(admin, "listen", config.admin_listen);
  config.admin_public_url = base_url(admin, "public_url");
  admin.refuse_unknown();
  Section pages = open_section(file, root, "pages");
  config.pages_listen = listen_address(pages, "listen", config.pages_listen);
  if (const std::string folder = pages.text("root", ""); !folder.empty())
    config.pages_root = absolute_from(here, folder);
  read_origin(pages, config);
  config.site.link_through_go = pages.flag("link_through_go", true);
  config.site.beacon.impressions = pages.flag("link_impressions", false);
  pages.refuse_unknown();
  Section privacy = open_section(file, root, "privacy");
  read_privacy(privacy, config.site.privacy);
  privacy.refuse_unknown();
  Section revenue = open_section(file, root, "revenue");
  read_revenue(revenue, config);
  read_networks(config.file, revenue, config);
  revenue.refuse_unknown();
  Section retention = open_section(file, root, "retention");
  config.raw_click_days =
      static_cast<int>(retention.number("raw_click_days", config.raw_click_days, 2, 36'600));
  retention.refuse_unknown();
  config.drop_dir =
      absolute_from(config.data_dir, config.drop_dir.empty() ? "drop" : config.drop_dir);
  Section backup = open_section(file, root, "backup");
  read_backup(backup, config);
  backup.refuse_unknown();
  Section mail = open_section(file, root, "mail");
  read_mail(mail, config);
  mail.refuse_unknown();
  Section links = open_section(file, root, "links");
  read_link_checks(links, config);
  links.refuse_unknown();
  Section webhooks = open_section(file, root, "webhooks");
  read_webhooks(webhooks, config);
  webhooks.refuse_unknown();
  read_labels(root, file, config);
  read_programmes(root, file, config.site);
  read_disclosure(root, file, config);
  root.refuse_unknown();

  const std::string base =
      config.redirect_public_url.empty() ? config.site.url : config.redirect_public_url;
  config.site.go_url = base + config.go_prefix;
  return config;
}

fs::path find_config(const std::string& option) {
  const auto named = [](const std::string& file, const char* by) {
    if (!fs::exists(file))
      throw ConfigError(fmt::format("{}: no such file (named by {})", file, by));
    return fs::path(file);
  };
  if (!option.empty()) return named(option, "--config");
  if (const char* file = std::getenv("CANDOR_CONFIG"); file && *file)
    return named(file, "CANDOR_CONFIG");
  for (const char* file : {"candor.toml", "/etc/candor/candor.toml"})
    if (fs::exists(file)) return file;
  return {};
}

}  // namespace candor::app
