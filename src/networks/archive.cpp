#include "networks/archive.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>

namespace candor::networks {
namespace {

constexpr std::string_view kLocalHeader{"PK\x03\x04", 4};
constexpr std::string_view kDirectoryEntry{"PK\x01\x02", 4};
constexpr std::string_view kDirectoryEnd{"PK\x05\x06", 4};
constexpr std::size_t kLocalHeaderBytes = 30;
constexpr std::size_t kDirectoryEntryBytes = 46;
constexpr std::size_t kDirectoryEndBytes = 22;
constexpr std::size_t kMaxCommentBytes = 65'535;
constexpr unsigned kEncrypted = 1;
constexpr std::uint32_t kInZip64 = 0xFFFFFFFF;

std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;)
    value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

struct Entry {
  std::string name;
  unsigned flags = 0;
  unsigned method = 0;
  std::uint32_t crc = 0;
  std::uint32_t packed_bytes = 0;
  std::uint32_t unpacked_bytes = 0;
  std::uint32_t local_at = 0;
};

/// The record at the end that says where the directory is; a comment may stand behind it.
std::optional<std::size_t> find_directory_end(std::string_view bytes) {
  if (bytes.size() < kDirectoryEndBytes) return std::nullopt;
  const std::size_t last = bytes.size() - kDirectoryEndBytes;
  const std::size_t first = last > kMaxCommentBytes ? last - kMaxCommentBytes : 0;
  for (std::size_t at = last + 1; at-- > first;)
    if (bytes.substr(at, 4) == kDirectoryEnd) return at;
  return std::nullopt;
}

constexpr const char* kDamaged = "the zip archive is damaged: download it again";

Result<std::vector<Entry>, std::string> read_directory(std::string_view bytes) {
  const auto end = find_directory_end(bytes);
  if (!end) return std::unexpected(kDamaged);
  const std::size_t count = number_at(bytes, *end + 10, 2);
  std::size_t at = number_at(bytes, *end + 16, 4);
  if (count > kMaxArchiveFiles) return std::unexpected("the zip archive holds too many files");
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < count; ++i) {
    if (at > bytes.size() || bytes.size() - at < kDirectoryEntryBytes ||
        bytes.substr(at, 4) != kDirectoryEntry)
      return std::unexpected(kDamaged);
    const std::size_t name_bytes = number_at(bytes, at + 28, 2);
    const std::size_t more_bytes = number_at(bytes, at + 30, 2) + number_at(bytes, at + 32, 2);
    if (bytes.size() - at - kDirectoryEntryBytes < name_bytes) return std::unexpected(kDamaged);
    entries.push_back({std::string(bytes.substr(at + kDirectoryEntryBytes, name_bytes)),
                       number_at(bytes, at + 8, 2), number_at(bytes, at + 10, 2),
                       number_at(bytes, at + 16, 4), number_at(bytes, at + 20, 4),
                       number_at(bytes, at + 24, 4), number_at(bytes, at + 42, 4)});
    at += kDirectoryEntryBytes + name_bytes + more_bytes;
  }
  return entries;
}

/// The stated size is all that is given room: a stream that holds more is refused.
std::optional<std::string> inflate_to(std::string_view packed, std::size_t unpacked_bytes) {
  std::string out(unpacked_bytes, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  // zlib's input is not const in its interface.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  const bool whole = result == Z_STREAM_END && stream.total_out == unpacked_bytes;
  inflateEnd(&stream);
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

Result<std::string, std::string> unpack(std::string_view bytes, const Entry& entry) {
  constexpr unsigned kStored = 0;
  constexpr unsigned kDeflated = 8;
  if ((entry.flags & kEncrypted) != 0)
    return std::unexpected("the zip archive is encrypted: unpack it first");
  if (entry.method != kStored && entry.method != kDeflated)
    return std::unexpected("the zip archive is packed in an unusual way: unpack it first");
  const std::size_t at = entry.local_at;
  if (at > bytes.size() || bytes.size() - at < kLocalHeaderBytes ||
      bytes.substr(at, 4) != kLocalHeader)
    return std::unexpected(kDamaged);
  const std::size_t start =
      at + kLocalHeaderBytes + number_at(bytes, at + 26, 2) + number_at(bytes, at + 28, 2);
  if (start > bytes.size() || bytes.size() - start < entry.packed_bytes)
    return std::unexpected(kDamaged);
  const std::string_view packed = bytes.substr(start, entry.packed_bytes);
  std::optional<std::string> out;
  if (entry.method == kDeflated)
    out = inflate_to(packed, entry.unpacked_bytes);
  else if (entry.packed_bytes == entry.unpacked_bytes)
    out = std::string(packed);
  if (!out) return std::unexpected(kDamaged);
  const auto crc =
      crc32(0, reinterpret_cast<const Bytef*>(out->data()), static_cast<uInt>(out->size()));
  if (crc != entry.crc) return std::unexpected(kDamaged);
  return std::move(*out);
}

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with(kLocalHeader); }

Result<std::vector<ArchiveFile>, std::string> unpack_zip(std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max()) return std::unexpected(kDamaged);
  auto entries = read_directory(bytes);
  if (!entries) return std::unexpected(entries.error());
  std::erase_if(*entries, [](const Entry& entry) { return entry.name.ends_with('/'); });
  std::size_t total = 0;
  for (const Entry& entry : *entries) {
    if (entry.unpacked_bytes == kInZip64 || entry.packed_bytes == kInZip64 ||
        entry.unpacked_bytes > kMaxUnpackedBytes - total)
      return std::unexpected("the zip archive holds more than 256 MB: unpack it first");
    total += entry.unpacked_bytes;
  }
  std::vector<ArchiveFile> files;
  for (Entry& entry : *entries) {
    auto unpacked = unpack(bytes, entry);
    if (!unpacked) return std::unexpected(unpacked.error());
    files.push_back({std::move(entry.name), std::move(*unpacked)});
  }
  return files;
}

}  // namespace candor::networks
