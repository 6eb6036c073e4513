#include "absorb/disk_trace.h"

#include <algorithm>
#include <fstream>

namespace candor::absorb {
namespace {

constexpr std::uint64_t kSectorBytes = 512;

std::string directory_of(const std::string& name) {
  return std::filesystem::path(name).parent_path().string();
}

std::size_t below(std::size_t limit, std::mt19937_64& random) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

bool chance(int percent, std::mt19937_64& random) {
  return below(100, random) < static_cast<std::size_t>(percent);
}

}  // namespace

DiskTrace::FileId DiskTrace::created(const std::filesystem::path& path) {
  std::scoped_lock lock(mutex_);
  return create(relative(path));
}

DiskTrace::FileId DiskTrace::opened(const std::filesystem::path& path) {
  std::scoped_lock lock(mutex_);
  notice_removed();
  const auto known = names_.find(relative(path));
  return known != names_.end() ? known->second : create(relative(path));
}

void DiskTrace::wrote(FileId file, std::uint64_t offset, std::string_view bytes) {
  std::scoped_lock lock(mutex_);
  add({.kind = Kind::Write, .file = file, .offset = offset, .bytes = std::string(bytes)});
}

void DiskTrace::truncated(FileId file, std::uint64_t size) {
  std::scoped_lock lock(mutex_);
  add({.kind = Kind::Truncate, .file = file, .offset = size});
}

void DiskTrace::synced(FileId file) {
  std::scoped_lock lock(mutex_);
  add({.kind = Kind::Sync, .file = file});
}

void DiskTrace::names_synced(const std::filesystem::path& directory) {
  std::scoped_lock lock(mutex_);
  add({.kind = Kind::SyncNames, .name = relative(directory)});
}

void DiskTrace::mark(std::uint64_t value) {
  std::scoped_lock lock(mutex_);
  add({.kind = Kind::Mark, .offset = value});
}

std::vector<DiskTrace::Event> DiskTrace::take() {
  std::scoped_lock lock(mutex_);
  notice_removed();
  return std::move(events_);
}

DiskTrace::FileId DiskTrace::create(const std::string& name) {
  const std::string directory = directory_of(name);
  if (!directory.empty() && std::ranges::find(directories_, directory) == directories_.end()) {
    directories_.push_back(directory);
    add({.kind = Kind::Directory, .name = directory});
  }
  if (names_.erase(name) != 0) add({.kind = Kind::Unname, .name = name});
  add({.kind = Kind::Name, .file = files_, .name = name});
  names_.emplace(name, files_);
  return files_++;
}

void DiskTrace::add(Event event) {
  notice_removed();
  events_.push_back(std::move(event));
}

void DiskTrace::notice_removed() {
  for (auto each = names_.begin(); each != names_.end();) {
    if (std::filesystem::exists(folder_ / each->first)) {
      ++each;
      continue;
    }
    events_.push_back({.kind = Kind::Unname, .name = each->first});
    each = names_.erase(each);
  }
}

std::string DiskTrace::relative(const std::filesystem::path& path) const {
  const std::string name = path.lexically_relative(folder_).string();
  return name == "." ? "" : name;
}

void DiskState::apply(const DiskTrace::Event& event) {
  using Kind = DiskTrace::Kind;
  switch (event.kind) {
    case Kind::Directory:
      directories_.emplace(event.name, Directory{});
      young_directories_.push_back(event.name);
      break;
    case Kind::Name:
      files_.resize(std::max(files_.size(), event.file + 1));
      directories_.at(directory_of(event.name)).pending.push_back({event.name, event.file});
      break;
    case Kind::Unname:
      directories_.at(directory_of(event.name)).pending.push_back({event.name, std::nullopt});
      break;
    case Kind::Write:
    case Kind::Truncate:
      files_.at(event.file)
          .pending.push_back({event.kind == Kind::Write, event.offset, event.bytes});
      break;
    case Kind::Sync: {
      File& file = files_.at(event.file);
      for (const Operation& operation : file.pending) perform(file.durable, operation);
      file.pending.clear();
      break;
    }
    case Kind::SyncNames: {
      Directory& directory = directories_.at(event.name);
      std::mt19937_64 unused;
      directory.durable = names_after(directory, Loss::Nothing, unused);
      directory.pending.clear();
      std::erase_if(young_directories_,
                    [&](const auto& young) { return directory_of(young) == event.name; });
      break;
    }
    case Kind::Mark:
      break;
  }
}

void DiskState::save(const std::filesystem::path& folder, Loss loss,
                     std::mt19937_64& random) const {
  for (const auto& [name, directory] : directories_) {
    if (!survives(name, loss, random)) continue;
    std::filesystem::create_directories(folder / name);
    for (const auto& [file_name, file] : names_after(directory, loss, random))
      std::ofstream(folder / file_name, std::ios::binary)
          << content_after(files_.at(file), loss, random);
  }
}

bool DiskState::survives(const std::string& directory, Loss loss, std::mt19937_64& random) const {
  if (std::ranges::find(young_directories_, directory) == young_directories_.end()) return true;
  return loss == Loss::Nothing || (loss != Loss::Everything && chance(50, random));
}

void DiskState::perform(std::string& content, const Operation& operation) {
  if (!operation.is_write) {
    content.resize(operation.offset);
    return;
  }
  const std::uint64_t end = operation.offset + operation.bytes.size();
  if (content.size() < end) content.resize(end);
  content.replace(operation.offset, operation.bytes.size(), operation.bytes);
}

std::string DiskState::content_after(const File& file, Loss loss, std::mt19937_64& random) {
  std::string content = file.durable;
  if (file.pending.empty() || loss == Loss::Everything) return content;
  const std::size_t whole =
      loss == Loss::Tail ? below(file.pending.size(), random) : file.pending.size();
  const int percent = loss == Loss::Nothing ? 100 : static_cast<int>(below(101, random));
  for (std::size_t n = 0; n < whole; ++n) {
    if (loss == Loss::Scattered)
      scatter(content, file.pending[n], percent, random);
    else
      perform(content, file.pending[n]);
  }
  if (whole == file.pending.size()) return content;
  Operation torn = file.pending[whole];
  if (torn.is_write) {
    // Up to a sector's end, where a write into the next sector would begin.
    const std::size_t bytes = below(torn.bytes.size() + 1, random);
    const std::uint64_t end = (torn.offset + bytes) / kSectorBytes * kSectorBytes;
    torn.bytes.resize(end > torn.offset ? end - torn.offset : 0);
    if (!torn.bytes.empty()) perform(content, torn);
  }
  return content;
}

void DiskState::scatter(std::string& content, const Operation& operation, int percent,
                        std::mt19937_64& random) {
  if (!operation.is_write) {
    if (chance(percent, random)) perform(content, operation);
    return;
  }
  const std::uint64_t end = operation.offset + operation.bytes.size();
  for (std::uint64_t at = operation.offset; at < end;) {
    const std::uint64_t next = std::min(end, (at / kSectorBytes + 1) * kSectorBytes);
    if (chance(percent, random))
      perform(content, {true, at, operation.bytes.substr(at - operation.offset, next - at)});
    at = next;
  }
}

std::map<std::string, DiskTrace::FileId> DiskState::names_after(const Directory& directory,
                                                                Loss loss,
                                                                std::mt19937_64& random) {
  auto names = directory.durable;
  if (loss == Loss::Everything) return names;
  std::size_t count = directory.pending.size();
  if (loss == Loss::Tail) count = below(count + 1, random);
  for (std::size_t n = 0; n < count; ++n) {
    const NameChange& change = directory.pending[n];
    if (loss == Loss::Scattered && chance(50, random)) continue;
    if (change.file)
      names.insert_or_assign(change.name, *change.file);
    else
      names.erase(change.name);
  }
  return names;
}

}  // namespace candor::absorb
