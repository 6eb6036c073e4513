#include "app/config_nightly.h"

#include "app/config_section.h"

namespace candor::app {

void read_backup(Section& section, Config& config) {
  config.backups_kept = static_cast<int>(section.number("keep", config.backups_kept, 0, 3660));
  const std::filesystem::path directory = section.text("dir", "backups");
  if (directory.empty()) section.fail_key("dir", "is empty; keep = 0 makes no backups");
  config.backup_dir = (config.data_dir / directory).lexically_normal();
}

void read_webhooks(Section& section, Config& config) {
  config.webhooks_to_private_networks = section.flag("private_networks", false);
}

}  // namespace candor::app
