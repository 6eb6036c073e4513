#include "app/config_update.h"

namespace candor::app {

std::vector<std::string> keys_that_need_a_restart(const Config& was, const Config& is) {
  std::vector<std::string> keys;
  const auto compare = [&keys](const char* key, const auto& before, const auto& now) {
    if (before != now) keys.emplace_back(key);
  };
  compare("data_dir", was.data_dir, is.data_dir);
  compare("site.name", was.site.name, is.site.name);
  compare("site.url", was.site.url, is.site.url);
  // Clicks go by the new hosts at once.
  compare("site.hosts (for pages and reports)", was.site.hosts, is.site.hosts);
  compare("site.zone", was.zone, is.zone);
  compare("site.jurisdictions", was.site.jurisdictions, is.site.jurisdictions);
  compare("site.language", was.site.language, is.site.language);
  compare("site.content_selector", was.site.content_selector, is.site.content_selector);
  compare("programmes", was.site.programmes, is.site.programmes);
  compare("site.demo", was.site.demo, is.site.demo);
  compare("redirect.listen", was.redirect_listen, is.redirect_listen);
  compare("redirect.public_url", was.redirect_public_url, is.redirect_public_url);
  compare("redirect.go_prefix", was.go_prefix, is.go_prefix);
  compare("redirect.export_dir", was.export_dir, is.export_dir);
  compare("redirect.durability", was.durability, is.durability);
  compare("redirect.node", was.node, is.node);
  compare("admin.listen", was.admin_listen, is.admin_listen);
  compare("admin.public_url", was.admin_public_url, is.admin_public_url);
  compare("pages.root", was.pages_root, is.pages_root);
  compare("pages.origin", was.pages_origin, is.pages_origin);
  compare("pages.leave_alone", was.pages_leave_alone, is.pages_leave_alone);
  compare("pages.upload_mb", was.pages_upload_bytes, is.pages_upload_bytes);
  compare("pages.origin_timeout_s", was.pages_origin_timeout, is.pages_origin_timeout);
  compare("pages.listen", was.pages_listen, is.pages_listen);
  compare("pages.link_through_go", was.site.link_through_go, is.site.link_through_go);
  compare("pages.link_impressions", was.site.beacon.impressions, is.site.beacon.impressions);
  // Beacons and tokens go by the switches at once; what pages carry and notices say does not.
  compare("privacy (for pages)", was.site.privacy, is.site.privacy);
  compare("revenue.drop_dir", was.drop_dir, is.drop_dir);
  compare("revenue.report_days", was.report_days, is.report_days);
  compare("revenue.amazon_tags", was.amazon_tags, is.amazon_tags);
  compare("revenue.model", was.model, is.model);
  compare("retention.raw_click_days", was.raw_click_days, is.raw_click_days);
  compare("backup.dir", was.backup_dir, is.backup_dir);
  compare("backup.keep", was.backups_kept, is.backups_kept);
  compare("mail", was.mail, is.mail);
  compare("links.check", was.check_links, is.check_links);
  compare("links.check_pace_ms", was.link_check_pace, is.link_check_pace);
  compare("links.check_private", was.check_private_links, is.check_private_links);
  compare("webhooks.private_networks", was.webhooks_to_private_networks,
          is.webhooks_to_private_networks);
  compare("revenue.currency", was.currency, is.currency);
  compare("labels", was.labels, is.labels);
  compare("disclosure and disclaimers", was.site.choices, is.site.choices);
  compare("disclosure.stylesheet", was.link_stylesheet, is.link_stylesheet);
  return keys;
}

Config take_over(Config was, const Config& is) {
  // The site's own host belongs to its url, which stays.
  if (was.site.url == is.site.url) was.site.hosts = is.site.hosts;
  was.site.privacy = is.site.privacy;
  was.deadline = is.deadline;
  was.repeat_window = is.repeat_window;
  was.flood_per_minute = is.flood_per_minute;
  was.count_data_centres = is.count_data_centres;
  was.country_header = is.country_header;
  was.geo = is.geo;
  was.trusted_proxies = is.trusted_proxies;
  was.forwarded_header = is.forwarded_header;
  was.redirect_limits = is.redirect_limits;
  was.not_found_per_minute = is.not_found_per_minute;
  return was;
}

}  // namespace candor::app
