#include "app/settings_file.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "api/secrets.h"
#include "app/config_edit.h"
#include "app/config_update.h"
#include "jobs/report_files.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return text;
}

std::string version_of(std::string_view text) { return api::hash_of_secret(text).substr(0, 32); }

json digests_json(const jobs::MailSettings& mail) {
  json out = json::array();
  if (mail.daily) out.push_back("daily");
  if (mail.weekly) out.push_back("weekly");
  if (mail.monthly) out.push_back("monthly");
  return out;
}

/// The first host is the url's own.
std::vector<std::string> further_hosts(const pages::SiteSettings& site) {
  if (site.hosts.empty()) return {};
  return {site.hosts.begin() + 1, site.hosts.end()};
}

json sections_of(const Config& config) {
  const PrivacySwitches& privacy = config.site.privacy;
  return {{"site", {{"name", config.site.name}, {"hosts", further_hosts(config.site)}}},
          {"privacy",
           {{"visitors", name_of(privacy.visitors)},
            {"beacon", name_of(privacy.beacon)},
            {"click_token", name_of(privacy.click_token)}}},
          {"retention", {{"raw_click_days", config.raw_click_days}}},
          {"mail",
           {{"to", config.mail.to},
            {"from", config.mail.from},
            {"digests", digests_json(config.mail)},
            {"alerts", config.mail.alerts}}},
          {"links", {{"check", config.check_links}}},
          {"backup", {{"keep", config.backups_kept}}}};
}

/// Beside the real one, so that relative paths lead where they do; gone afterwards.
class TriedFile {
 public:
  TriedFile(const fs::path& file, std::string_view text) : name_(file.string() + ".tried") {
    jobs::write_file_atomically(name_, text, fs::perms::owner_read | fs::perms::owner_write);
  }
  ~TriedFile() {
    std::error_code gone;
    fs::remove(name_, gone);
  }
  TriedFile(const TriedFile&) = delete;
  TriedFile& operator=(const TriedFile&) = delete;
  const fs::path& name() const { return name_; }

 private:
  fs::path name_;
};

/// "candor.toml:12:3: site.hosts: ..." is of site.hosts, if that is one of what was asked for.
std::string key_in(const std::string& message, const json& sections) {
  for (const auto& [section, members] : sections.items())
    for (const auto& [key, value] : members.items())
      if (message.find(" " + section + "." + key) != std::string::npos) return section + "." + key;
  return {};
}

/// Throws FileRefused when a daemon would not start with this text.
void try_out(const fs::path& file, std::string_view text, const json& sections) {
  const TriedFile tried(file, text);
  try {
    load_config(tried.name());
  } catch (const ConfigError& error) {
    std::string message = error.what();
    if (const auto at = message.find(tried.name().string()); at != std::string::npos)
      message.replace(at, tried.name().string().size(), file.filename().string());
    throw api::FileRefused(message, key_in(message, sections));
  }
}

std::string edited(std::string text, const json& known, const json& sections) {
  for (const auto& [section, members] : sections.items()) {
    for (const auto& [key, value] : members.items()) {
      if (known.at(section).at(key) == value) continue;
      auto changed = with_value(text, section, key, value);
      if (!changed)
        throw api::FileRefused(
            fmt::format("{}.{} stands in candor.toml in a way that only people should edit.",
                        section, key),
            section + "." + key);
      text = *std::move(changed);
    }
  }
  return text;
}

}  // namespace

DiskSettingsFile::DiskSettingsFile(Config running) : running_(std::move(running)) {}

api::FileSettings DiskSettingsFile::read() const {
  const std::string text = read_text(running_.file);
  const Config config = load_config(running_.file);
  return {version_of(text), sections_of(config), keys_that_need_a_restart(running_, config)};
}

api::FileSettings DiskSettingsFile::change(const std::string& version, const json& sections) {
  const std::scoped_lock lock(changing_);
  // A link leads to where the file really is.
  const fs::path file = fs::canonical(running_.file);
  const std::string text = read_text(file);
  if (!version.empty() && version != version_of(text))
    throw api::FileMoved("candor.toml was changed meanwhile. Look at the settings again.");
  const std::string after = edited(text, sections_of(load_config(running_.file)), sections);
  if (after != text) {
    try_out(running_.file, after, sections);
    jobs::write_file_atomically(file, after, fs::status(file).permissions());
    if (reload_) reload_();
  }
  return read();
}

}  // namespace candor::app
