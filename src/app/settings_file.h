#pragma once
// candor.toml as the dashboard edits it.
#include <functional>
#include <mutex>

#include "api/settings_file.h"
#include "app/config.h"

namespace candor::app {

class DiskSettingsFile final : public api::SettingsFile {
 public:
  /// `running` is what this process was opened with.
  explicit DiskSettingsFile(Config running);
  /// What has a changed file taken over; without: nothing runs by it.
  void set_reload(std::function<void()> reload) { reload_ = std::move(reload); }

  api::FileSettings read() const override;
  api::FileSettings change(const std::string& version, const nlohmann::json& sections) override;

 private:
  Config running_;
  std::function<void()> reload_;
  std::mutex changing_;
};

}  // namespace candor::app
