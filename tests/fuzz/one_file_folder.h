#pragma once
// A folder in memory, where there is one, that holds the one file a reader of files is tried with.
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace candor::fuzz {

class OneFileFolder {
 public:
  explicit OneFileFolder(const std::string& file_name) {
    const std::filesystem::path memory = "/dev/shm";
    const auto parent =
        std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "candor-fuzz-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw std::filesystem::filesystem_error("cannot make a folder", name, std::error_code());
    path_ = name;
    file_ = path_ / file_name;
  }
  ~OneFileFolder() { std::filesystem::remove_all(path_); }
  OneFileFolder(const OneFileFolder&) = delete;
  OneFileFolder& operator=(const OneFileFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& file() const { return file_; }
  void write(std::string_view bytes) const {
    std::ofstream(file_, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

 private:
  std::filesystem::path path_;
  std::filesystem::path file_;
};

}  // namespace candor::fuzz
