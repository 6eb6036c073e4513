// What the owner's configuration says, as Candor reads it, and a backup now.
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>

#include "api/members.h"
#include "api/problem.h"
#include "api/routes.h"
#include "api/settings_file.h"
#include "jobs/backups.h"

namespace candor::api {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json site_json(const Site& site) {
  const pages::SiteSettings& settings = site.settings;
  return {{"name", settings.name},
          {"url", settings.url},
          {"hosts", settings.hosts},
          {"go_url", settings.go_url},
          {"zone", site.zone.name()},
          {"jurisdictions", settings.jurisdictions},
          {"language", settings.language},
          {"content_selector", settings.content_selector},
          {"link_through_go", settings.link_through_go},
          {"demo", settings.demo}};
}

json programmes_json(const Site& site) {
  json out = json::array();
  for (const auto& programme : site.settings.programmes)
    out.push_back({{"name", programme.network},
                   {"hosts", programme.hosts},
                   {"parameter", programme.parameter}});
  return out;
}

json revenue_json(const jobs::NightlySite& nightly) {
  constexpr std::int64_t kDayMs = 86'400'000;
  json currency = json::object();
  for (const auto& [network, code] : nightly.currency) currency[network] = code.text();
  return {{"model", name_of(nightly.model.model)},
          {"half_life_days", nightly.model.half_life_ms / kDayMs},
          {"currency", std::move(currency)},
          {"drop_dir", nightly.drop_directory.string()},
          {"report_days", nightly.report_days}};
}

/// Without anything that opens the mail server.
json mail_json(const jobs::MailSettings& settings) {
  json digests = json::array();
  if (settings.daily) digests.push_back("daily");
  if (settings.weekly) digests.push_back("weekly");
  if (settings.monthly) digests.push_back("monthly");
  const mail::Delivery& way = settings.delivery;
  return {{"configured", settings.is_set()},
          {"from", settings.from},
          {"to", settings.to},
          {"digests", std::move(digests)},
          {"alerts", settings.alerts},
          {"host", way.host},
          {"port", way.host.empty() ? json(nullptr) : json(way.port)},
          {"encryption", way.host.empty() ? json(nullptr) : json(name_of(way.encryption))},
          {"sendmail", way.host.empty() ? json(way.sendmail.string()) : json(nullptr)}};
}

/// The copies there are, newest first.
json backups_json(const jobs::NightlySite& nightly) {
  std::map<std::string, std::uintmax_t, std::greater<>> copies;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(nightly.backup_directory, missing)) {
    const std::string name = entry.path().filename().string();
    std::error_code gone;
    const std::uintmax_t bytes = entry.file_size(gone);
    if (!gone && name.starts_with("candor-") && name.ends_with(".db")) copies.emplace(name, bytes);
  }
  json files = json::array();
  for (const auto& [name, bytes] : copies) files.push_back({{"file_name", name}, {"bytes", bytes}});
  return {{"dir", nightly.backup_directory.string()},
          {"keep", nightly.backups_kept},
          {"files", std::move(files)}};
}

}  // namespace

http::Response show_settings(Call& call) {
  const Site& site = call.site;
  const PrivacySwitches& privacy = site.settings.privacy;
  json file;
  json file_problem;
  try {
    if (site.settings_file != nullptr) file = file_settings_json(site.settings_file->read());
  } catch (const std::exception& error) {
    file_problem = error.what();
  }
  return json_response({{"schema", "candor.settings/1"},
                        {"site", site_json(site)},
                        {"programmes", programmes_json(site)},
                        {"privacy",
                         {{"visitors", name_of(privacy.visitors)},
                          {"beacon", name_of(privacy.beacon)},
                          {"click_token", name_of(privacy.click_token)}}},
                        {"retention", {{"raw_click_days", site.nightly.retention.raw_click_days}}},
                        {"revenue", revenue_json(site.nightly)},
                        {"mail", mail_json(site.nightly.mail)},
                        {"links", {{"check", site.nightly.link_checks.probe != nullptr}}},
                        {"backup", backups_json(site.nightly)},
                        {"file", std::move(file)},
                        {"file_problem", std::move(file_problem)}});
}

http::Response run_backup(Call& call) {
  refuse_members(call, "A backup");
  const jobs::NightlySite& nightly = call.site.nightly;
  if (nightly.backup_directory.empty() || nightly.backups_kept == 0)
    throw Problem(409,
                  "No backups are kept. Set keep under [backup] in candor.toml, and start Candor "
                  "again.");
  const std::unique_lock lock(call.site.nightly_mutex, std::try_to_lock);
  if (!lock) throw Problem(503, "The nightly job or an import is running. Try again in a moment.");
  std::uintmax_t bytes = fs::file_size(nightly.database);
  const fs::path log = nightly.database.string() + "-wal";
  if (fs::exists(log)) bytes += fs::file_size(log);
  const auto today = call.site.zone.day_of(to_ms(call.site.clock.now()));
  const jobs::BackupReport report =
      jobs::back_up(nightly.store, nightly.backup_directory, rollup::format_day(today),
                    nightly.backups_kept, bytes);
  if (!report.refused.empty()) throw Problem(507, report.refused);
  return json_response({{"schema", "candor.backup/1"},
                        {"file", report.file.string()},
                        {"bytes", report.bytes},
                        {"removed", report.removed}});
}

}  // namespace candor::api
