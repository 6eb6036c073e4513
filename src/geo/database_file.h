#pragma once
// One database file in MaxMind's format, read so that nothing done to the file later can harm us.
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

namespace candor::geo {

/// An IPv4 address is kept as its IPv6 form (::ffff:0:0/96).
using Address = std::array<std::uint8_t, 16>;

/// The message names the file and what is wrong with it, for the person at the terminal.
struct BadDatabase : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Const and thread-safe once open.
class DatabaseFile {
 public:
  /// Copies the file into memory: one that is cut short while it is in use would end the process.
  /// Throws BadDatabase when it cannot be read, is no database or is damaged.
  explicit DatabaseFile(const std::filesystem::path& path);
  ~DatabaseFile();
  DatabaseFile(DatabaseFile&&) noexcept;
  DatabaseFile& operator=(DatabaseFile&&) noexcept;

  /// What the database has on an address; valid as long as the database is.
  class Entry {
   public:
    /// A text or whole number below the keys ({"country", "iso_code"}); nothing when there is none.
    std::optional<std::string> text(std::span<const char* const> path) const;
    std::optional<std::uint32_t> number(std::span<const char* const> path) const;

   private:
    friend class DatabaseFile;
    Entry(const DatabaseFile& file, std::uint32_t offset) : file_(&file), offset_(offset) {}
    const DatabaseFile* file_;
    std::uint32_t offset_;
  };
  std::optional<Entry> find(const Address& address) const;

  const std::string& type() const { return type_; }          ///< "DBIP-Country-Lite"
  std::int64_t built_at_ms() const { return built_at_ms_; }  ///< by its maker

 private:
  struct Mapped;
  void look_around() const;

  std::unique_ptr<Mapped> mapped_;
  std::string type_;
  std::int64_t built_at_ms_ = 0;
};

}  // namespace candor::geo
