#pragma once
// The data directory: who owns it, its lock, its keys, and run.json that says where a running
// daemon answers.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "click/click_token.h"

namespace candor::app {

/// Creates the directory (0700) when it is missing. Throws std::runtime_error when this process
/// does not run as its owner, naming the user to run as.
void open_data_directory(const std::filesystem::path& directory);

/// The token keys in "keys/click_token.keys" (one "<letter> <32 hex digits>" a line, newest first,
/// each letter once); made on first use. Throws std::runtime_error with the line that is wrong.
std::vector<ClickTokenKey> load_token_keys(const std::filesystem::path& directory, Random& random);

/// Held while a daemon serves the directory. Throws store::Busy with the other's pid.
class ServeLock {
 public:
  explicit ServeLock(const std::filesystem::path& directory);
  ~ServeLock();
  ServeLock(const ServeLock&) = delete;
  ServeLock& operator=(const ServeLock&) = delete;

 private:
  int fd_ = -1;
};

/// Where a daemon of this directory answers its owner.
std::string socket_path(const std::filesystem::path& directory);

/// run.json: {"pid","redirect_url","admin_url","proxy_url","socket"}; there while a daemon is
/// ready.
struct RunFile {
  long pid = 0;
  std::string redirect_url;
  std::string admin_url;
  std::string proxy_url;  ///< empty: no pages front (null in the file)
  std::string socket;
};
void write_run_file(const std::filesystem::path& directory, const RunFile& run);
/// Nothing when there is none that makes sense.
std::optional<RunFile> read_run_file(const std::filesystem::path& directory);
void remove_run_file(const std::filesystem::path& directory);

}  // namespace candor::app
