#include "geo/database_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

namespace candor::geo {
namespace {

constexpr off_t kLargestFile = off_t{1} << 30;
constexpr std::array<std::uint8_t, 12> kV4Prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

[[noreturn]] void refuse(const std::filesystem::path& path, std::string_view why) {
  throw BadDatabase(fmt::format("{}: {}", path.string(), why));
}

[[noreturn]] void refuse_errno(const std::filesystem::path& path) {
  refuse(path, std::error_code(errno, std::generic_category()).message());
}

/// A descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

/// A file without a name that holds what `path` holds now.
Descriptor copy_to_memory(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status{};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) refuse_errno(path);
  if (!S_ISREG(status.st_mode)) refuse(path, "is no file");
  if (status.st_size == 0 || status.st_size > kLargestFile)
    refuse(path, "is no database of addresses");
  Descriptor copy(::memfd_create("candor-geo", MFD_CLOEXEC));
  if (copy.number() < 0) refuse_errno(path);
  off_t left = status.st_size;
  while (left > 0) {
    const ssize_t sent =
        ::sendfile(copy.number(), file.number(), nullptr, static_cast<std::size_t>(left));
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) refuse_errno(path);
    if (sent == 0) refuse(path, "was cut short while it was read");
    left -= sent;
  }
  return copy;
}

}  // namespace

struct DatabaseFile::Mapped {
  MMDB_s database{};

  explicit Mapped(const std::filesystem::path& path) {
    const Descriptor copy = copy_to_memory(path);
    const std::string name = fmt::format("/proc/self/fd/{}", copy.number());
    const int error = MMDB_open(name.c_str(), MMDB_MODE_MMAP, &database);
    if (error != MMDB_SUCCESS)
      refuse(path, fmt::format("is no database of addresses, or a damaged one ({})",
                               MMDB_strerror(error)));
  }
  ~Mapped() { MMDB_close(&database); }
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  MMDB_lookup_result_s look_up(const Address& address, int& error) const {
    if (std::equal(kV4Prefix.begin(), kV4Prefix.end(), address.begin())) {
      sockaddr_in v4{};
      v4.sin_family = AF_INET;
      std::memcpy(&v4.sin_addr, address.data() + kV4Prefix.size(), 4);
      return MMDB_lookup_sockaddr(&database, reinterpret_cast<const sockaddr*>(&v4), &error);
    }
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    std::memcpy(&v6.sin6_addr, address.data(), address.size());
    return MMDB_lookup_sockaddr(&database, reinterpret_cast<const sockaddr*>(&v6), &error);
  }

  /// False when there is no such value; `error` says whether that is damage.
  bool find_value(std::uint32_t offset, std::span<const char* const> path, MMDB_entry_data_s& value,
                  int& error) const {
    std::vector<const char*> keys(path.begin(), path.end());
    keys.push_back(nullptr);
    MMDB_entry_s entry{.mmdb = &database, .offset = offset};
    error = MMDB_aget_value(&entry, &value, keys.data());
    return error == MMDB_SUCCESS && value.has_data;
  }
};

DatabaseFile::DatabaseFile(const std::filesystem::path& path)
    : mapped_(std::make_unique<Mapped>(path)) {
  const MMDB_metadata_s& metadata = mapped_->database.metadata;
  if (metadata.database_type != nullptr) type_ = metadata.database_type;
  built_at_ms_ = static_cast<std::int64_t>(metadata.build_epoch) * 1000;
  try {
    look_around();
  } catch (const BadDatabase& damage) {
    refuse(path, damage.what());
  }
}

DatabaseFile::~DatabaseFile() = default;
DatabaseFile::DatabaseFile(DatabaseFile&&) noexcept = default;
DatabaseFile& DatabaseFile::operator=(DatabaseFile&&) noexcept = default;

// The format has no checksum. A file that was cut or overwritten shows it in some of the networks.
void DatabaseFile::look_around() const {
  Address address{};
  std::ranges::copy(kV4Prefix, address.begin());
  for (unsigned network = 0; network < 1u << 12; ++network) {
    address[12] = static_cast<std::uint8_t>(network >> 4);
    address[13] = static_cast<std::uint8_t>((network & 0xF) << 4);
    int error = MMDB_SUCCESS;
    const MMDB_lookup_result_s found = mapped_->look_up(address, error);
    if (error == MMDB_SUCCESS && found.found_entry) {
      MMDB_entry_data_list_s* list = nullptr;
      MMDB_entry_s entry = found.entry;
      error = MMDB_get_entry_data_list(&entry, &list);
      MMDB_free_entry_data_list(list);
    }
    if (error != MMDB_SUCCESS)
      throw BadDatabase(fmt::format("is damaged: {}", MMDB_strerror(error)));
  }
}

std::optional<DatabaseFile::Entry> DatabaseFile::find(const Address& address) const {
  int error = MMDB_SUCCESS;
  const MMDB_lookup_result_s found = mapped_->look_up(address, error);
  if (error != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
  return Entry(*this, found.entry.offset);
}

std::optional<std::string> DatabaseFile::Entry::text(std::span<const char* const> path) const {
  MMDB_entry_data_s value{};
  int error = MMDB_SUCCESS;
  if (!file_->mapped_->find_value(offset_, path, value, error) ||
      value.type != MMDB_DATA_TYPE_UTF8_STRING)
    return std::nullopt;
  return std::string(value.utf8_string, value.data_size);
}

std::optional<std::uint32_t> DatabaseFile::Entry::number(std::span<const char* const> path) const {
  MMDB_entry_data_s value{};
  int error = MMDB_SUCCESS;
  if (!file_->mapped_->find_value(offset_, path, value, error)) return std::nullopt;
  if (value.type == MMDB_DATA_TYPE_UINT32) return value.uint32;
  if (value.type == MMDB_DATA_TYPE_UINT16) return value.uint16;
  return std::nullopt;
}

}  // namespace candor::geo
