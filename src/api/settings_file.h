#pragma once
// The owner's configuration as the API edits it: some of its keys, with all else left as it stands.
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace candor::api {

/// What the file says, which may differ from what runs until a restart.
struct FileSettings {
  std::string version;  ///< another one after each change of the file
  /// {"site": {"name": "...", "hosts": [...]}, ...}: the keys that change() takes, none of them
  /// secret
  nlohmann::json sections;
  std::vector<std::string> restart;  ///< in which it differs, as the file names them
};

/// The file is not what it was when it was looked at.
class FileMoved : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// With these values, the file would be refused, or cannot be edited by a program.
class FileRefused : public std::runtime_error {
 public:
  FileRefused(const std::string& why, std::string at)
      : std::runtime_error(why), key(std::move(at)) {}
  std::string key;  ///< "site.hosts"; empty: none of them alone
};

/// {"version", "restart", "site": {...}, ...}
nlohmann::json file_settings_json(const FileSettings& settings);

/// Callable from any thread; one change at a time.
class SettingsFile {
 public:
  virtual ~SettingsFile() = default;
  /// Throws std::runtime_error with the place where the file cannot be read.
  virtual FileSettings read() const = 0;
  /// Puts the values of {section: {key: value}} into the file, all or none, and has them taken over
  /// as far as that can be. `version` is the one that was seen; empty: any. Throws FileMoved or
  /// FileRefused, and std::system_error where the file cannot be written.
  virtual FileSettings change(const std::string& version, const nlohmann::json& sections) = 0;
};

}  // namespace candor::api
