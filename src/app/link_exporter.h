#pragma once
// The exported links on disk, for a web server in front that redirects by itself while Candor is
// stopped.
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "store/link_store.h"

namespace candor::app {

/// Writes `nginx-map.conf` and `Caddyfile` (link/link_export.h) into the directory, each whole or
/// not at all, readable by everybody who can enter it. A file that would not differ is left as it
/// is, so that nobody reloads a web server for nothing. Throws std::system_error.
void export_links(const store::LinkStore& store, const std::filesystem::path& directory,
                  const std::string& go_prefix);

/// Does so on a thread of its own: with many links it takes seconds, and clicks must not wait.
class LinkExporter {
 public:
  /// What it refers to must outlive it.
  LinkExporter(const store::LinkStore& store, std::filesystem::path directory,
               std::string go_prefix);
  /// What has changed is exported before it ends.
  ~LinkExporter();
  LinkExporter(const LinkExporter&) = delete;
  LinkExporter& operator=(const LinkExporter&) = delete;

  /// Any thread; returns at once.
  void links_changed();

 private:
  void work(const std::stop_token& stop);
  bool try_export();

  const store::LinkStore& store_;
  std::filesystem::path directory_;
  std::string go_prefix_;
  std::string told_;  ///< the last failure, told once
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool due_ = false;
  std::jthread thread_;
};

}  // namespace candor::app
