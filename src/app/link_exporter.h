#pragma once
// The exported links on disk, for a web server in front that redirects by itself while Candor is
// stopped.
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.h"
#include "store/store.h"

namespace candor::app {

/// Writes `nginx-map.conf` and `Caddyfile` (link/link_export.h) into the directory, each whole or
/// not at all, readable by everybody who can enter it. A file that would not differ is left as it
/// is, so that nobody reloads a web server for nothing. Returns when the next link starts or ends,
/// so that the files will not be true any more. Throws std::system_error.
std::optional<std::int64_t> export_links(const store::Store& store,
                                         const std::filesystem::path& directory,
                                         const std::string& go_prefix, std::int64_t at_ms);

/// Does so on a thread of its own: with many links it takes seconds, and clicks must not wait.
class LinkExporter {
 public:
  /// What it refers to must outlive it.
  LinkExporter(const store::Store& store, std::filesystem::path directory, std::string go_prefix,
               const Clock& clock);
  /// What has changed is exported before it ends.
  ~LinkExporter();
  LinkExporter(const LinkExporter&) = delete;
  LinkExporter& operator=(const LinkExporter&) = delete;

  /// Any thread; returns at once.
  void links_changed();
  /// To be called often: does as links_changed when a link has started or ended since the last
  /// export. One thread; returns at once.
  void look_at_clock();

 private:
  void work(const std::stop_token& stop);
  bool try_export();

  const store::Store& store_;
  std::filesystem::path directory_;
  std::string go_prefix_;
  const Clock& clock_;
  std::string told_;  ///< the last failure, told once
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool due_ = false;
  std::optional<std::int64_t> next_at_ms_;  ///< when the files will not be true any more
  std::jthread thread_;
};

}  // namespace candor::app
