#pragma once
// What candor.toml says of the nightly run and of what others are told: backups, webhooks.
#include "app/config.h"

namespace candor::app {

class Section;

/// [backup]; paths are relative to data_dir.
void read_backup(Section& section, Config& config);

/// [webhooks]
void read_webhooks(Section& section, Config& config);

}  // namespace candor::app
