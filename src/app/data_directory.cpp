#include "app/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pwd.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "base/ascii.h"
#include "jobs/report_files.h"
#include "store/errors.h"

namespace candor::app {
namespace {

namespace fs = std::filesystem;

std::string user_name(uid_t uid) {
  const passwd* entry = ::getpwuid(uid);
  return entry ? entry->pw_name : std::to_string(uid);
}

std::optional<ClickTokenKey> parse_key(const std::string& line) {
  ClickTokenKey key;
  if (line.size() < 2 || line[0] < 'a' || line[0] > 'z' || line[1] != ' ') return std::nullopt;
  key.letter = line[0];
  const std::string_view hex = std::string_view(line).substr(2);
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_hex2bin(key.secret.data(), key.secret.size(), hex.data(), hex.size(), nullptr, &length,
                     &end) != 0 ||
      length != key.secret.size() || end != hex.data() + hex.size())
    return std::nullopt;
  return key;
}

std::vector<ClickTokenKey> parse_keys(std::istream& in, const fs::path& file) {
  std::vector<ClickTokenKey> keys;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    line = ascii::trim(line);
    if (line.empty()) continue;
    const auto key = parse_key(line);
    if (!key)
      throw std::runtime_error(fmt::format("{}:{}: the line is not \"<letter> <32 hex digits>\"",
                                           file.string(), number));
    if (std::ranges::find(keys, key->letter, &ClickTokenKey::letter) != keys.end())
      throw std::runtime_error(
          fmt::format("{}:{}: a second key \"{}\"", file.string(), number, key->letter));
    keys.push_back(*key);
  }
  if (keys.empty()) throw std::runtime_error(fmt::format("{}: holds no key", file.string()));
  return keys;
}

}  // namespace

void open_data_directory(const fs::path& directory) {
  if (!fs::exists(directory)) {
    fs::create_directories(directory);
    fs::permissions(directory, fs::perms::owner_all);
  }
  struct stat info{};
  if (::stat(directory.c_str(), &info) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot read " + directory.string());
  if (info.st_uid != ::geteuid())
    throw std::runtime_error(
        fmt::format("{} belongs to {}; run as that user: sudo -u {} candor ...", directory.string(),
                    user_name(info.st_uid), user_name(info.st_uid)));
}

std::vector<ClickTokenKey> load_token_keys(const fs::path& directory, Random& random) {
  const fs::path folder = directory / "keys";
  const fs::path file = folder / "click_token.keys";
  if (!fs::exists(file)) {
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms::owner_all);
    ClickTokenKey key;
    random.fill(std::as_writable_bytes(std::span(key.secret)));
    std::string hex(key.secret.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), key.secret.data(), key.secret.size());
    hex.pop_back();
    jobs::write_file_atomically(file, fmt::format("a {}\n", hex),
                                fs::perms::owner_read | fs::perms::owner_write);
  }
  std::ifstream in(file);
  if (!in)
    throw std::runtime_error(fmt::format(
        "{}: cannot be read; it must belong to the user running candor", file.string()));
  return parse_keys(in, file);
}

ServeLock::ServeLock(const fs::path& directory) {
  const fs::path file = directory / "serve.lock";
  fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd_ < 0)
    throw std::system_error(errno, std::generic_category(), "cannot open " + file.string());
  if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    char text[32] = {};
    const ssize_t length = ::pread(fd_, text, sizeof text - 1, 0);
    const long pid = length > 0 ? std::strtol(text, nullptr, 10) : 0;
    ::close(fd_);
    throw store::Busy(fmt::format("{} is owned by pid {}: another candor serve runs there",
                                  directory.string(), pid),
                      pid);
  }
  const std::string pid = std::to_string(::getpid()) + "\n";
  // The pid is for people: a full disk must not keep redirects from starting.
  if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, pid.data(), pid.size(), 0) < 0) errno = 0;
}

ServeLock::~ServeLock() { ::close(fd_); }

std::string socket_path(const fs::path& directory) { return (directory / "candor.sock").string(); }

void write_run_file(const fs::path& directory, const RunFile& run) {
  nlohmann::json body{{"pid", run.pid},
                      {"redirect_url", run.redirect_url},
                      {"admin_url", run.admin_url},
                      {"proxy_url", nullptr},
                      {"socket", run.socket}};
  if (!run.proxy_url.empty()) body["proxy_url"] = run.proxy_url;
  jobs::write_file_atomically(directory / "run.json", body.dump() + "\n");
}

std::optional<RunFile> read_run_file(const fs::path& directory) {
  std::ifstream in(directory / "run.json");
  if (!in) return std::nullopt;
  const auto body = nlohmann::json::parse(in, nullptr, false);
  if (!body.is_object()) return std::nullopt;
  const auto text = [&](const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string{};
  };
  const auto pid = body.find("pid");
  if (pid == body.end() || !pid->is_number_integer()) return std::nullopt;
  return RunFile{pid->get<long>(), text("redirect_url"), text("admin_url"), text("proxy_url"),
                 text("socket")};
}

void remove_run_file(const fs::path& directory) {
  std::error_code ignored;
  fs::remove(directory / "run.json", ignored);
}

}  // namespace candor::app
