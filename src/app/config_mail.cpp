#include "app/config_mail.h"

#include <fmt/format.h>

#include <cstdlib>

#include "app/config_section.h"
#include "mail/message.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

fs::path file_of(Section& section, const char* key, const Config& config) {
  const fs::path file = section.text(key, "");
  if (file.empty()) return {};
  return file.is_absolute() ? file : (config.file.parent_path() / file).lexically_normal();
}

void check_address(const Section& section, const char* key, const std::string& address) {
  if (!mail::is_address(address))
    section.fail_key(key,
                     fmt::format("\"{}\" is no mail address, as in \"you@example.com\"", address));
}

void read_digests(Section& section, jobs::MailSettings& settings) {
  for (const std::string& each : section.texts("digests", {"daily"})) {
    bool* const wanted = each == "daily"     ? &settings.daily
                         : each == "weekly"  ? &settings.weekly
                         : each == "monthly" ? &settings.monthly
                                             : nullptr;
    if (wanted == nullptr)
      section.fail_key("digests",
                       fmt::format("\"{}\" is none of \"daily\", \"weekly\", \"monthly\"", each));
    *wanted = true;
  }
}

void read_server(Section& section, Config& config) {
  mail::Delivery& delivery = config.mail.delivery;
  delivery.host = section.text("host", "");
  const std::string encryption = section.text("encryption", "starttls");
  const auto found = mail::find_encryption(encryption);
  if (!found)
    section.fail_key("encryption",
                     "is \"starttls\" (port 587), \"smtps\" (port 465) or \"none\" (port 25)");
  delivery.encryption = *found;
  const std::int64_t usual = *found == mail::Encryption::Smtps      ? 465
                             : *found == mail::Encryption::StartTls ? 587
                                                                    : 25;
  delivery.port = static_cast<std::uint16_t>(section.number("port", usual, 1, 65535));
  delivery.user = section.text("user", "");
  delivery.password_file = file_of(section, "password_file", config);
  delivery.ca_file = file_of(section, "ca_file", config);
  delivery.sendmail = section.text("sendmail", delivery.sendmail.string());
  delivery.timeout = std::chrono::seconds(section.number("timeout_s", 30, 1, 600));
  if (const char* password = std::getenv("CANDOR_MAIL_PASSWORD")) delivery.password = password;
  if (!delivery.user.empty() && delivery.password.empty() && delivery.password_file.empty())
    section.fail_key("user",
                     "has no password: name a file that holds it (password_file), or set "
                     "$CANDOR_MAIL_PASSWORD");
}

}  // namespace

void read_mail(Section& section, Config& config) {
  jobs::MailSettings& settings = config.mail;
  settings.to = section.texts("to", {});
  for (const std::string& each : settings.to) check_address(section, "to", each);
  settings.from = section.text("from", "");
  if (!settings.from.empty()) check_address(section, "from", settings.from);
  if (settings.from.empty() && !settings.to.empty())
    section.fail_key("from", "is missing: the address that mail comes from");
  read_digests(section, settings);
  settings.alerts = section.flag("alerts", settings.alerts);
  read_server(section, config);
}

void read_link_checks(Section& section, Config& config) {
  config.check_links = section.flag("check", config.check_links);
  config.link_check_pace = std::chrono::milliseconds(
      section.number("check_pace_ms", config.link_check_pace.count(), 0, 3'600'000));
  config.check_private_links = section.flag("check_private", config.check_private_links);
}

}  // namespace candor::app
