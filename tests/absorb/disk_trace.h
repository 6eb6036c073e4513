#pragma once
// What a run asked of its disk, and what a power cut could have left of it.
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace candor::absorb {

/// Everything that was done to the files below a folder, in order. Callable from any thread.
class DiskTrace {
 public:
  using FileId = std::size_t;

  enum class Kind : std::uint8_t {
    Directory,
    Name,
    Unname,
    Write,
    Truncate,
    Sync,
    SyncNames,
    Mark
  };
  struct Event {
    Kind kind = Kind::Mark;
    FileId file = 0;
    std::string name{};        ///< of Directory, Name, Unname, SyncNames; relative to the folder
    std::uint64_t offset = 0;  ///< of Write; the size of Truncate; the value of Mark
    std::string bytes{};
  };

  explicit DiskTrace(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// A new, empty file of that name.
  FileId created(const std::filesystem::path& path);
  /// The file of that name; created() when there is none.
  FileId opened(const std::filesystem::path& path);
  void wrote(FileId file, std::uint64_t offset, std::string_view bytes);
  void truncated(FileId file, std::uint64_t size);
  void synced(FileId file);
  void names_synced(const std::filesystem::path& directory);
  /// Something outside the disk that happened here.
  void mark(std::uint64_t value);

  std::vector<Event> take();

 private:
  FileId create(const std::string& name);
  void add(Event event);
  /// Names go without anyone being asked, so they are looked for before whatever comes next.
  void notice_removed();
  std::string relative(const std::filesystem::path& path) const;

  std::filesystem::path folder_;
  std::mutex mutex_;
  std::map<std::string, FileId> names_;
  std::vector<std::string> directories_;
  FileId files_ = 0;
  std::vector<Event> events_;
};

/// What a power cut does to writes, truncations and names that were not synced.
enum class Loss : std::uint8_t {
  Nothing,     ///< all reached the disk: as after kill -9
  Everything,  ///< none did
  Tail,        ///< a part of each file's did, the last one torn
  Scattered,   ///< any sectors did, in any order
};

/// The disk after the events so far.
class DiskState {
 public:
  void apply(const DiskTrace::Event& event);
  /// Writes what a power cut now would leave into `folder`, which is empty.
  void save(const std::filesystem::path& folder, Loss loss, std::mt19937_64& random) const;

 private:
  struct Operation {
    bool is_write = false;
    std::uint64_t offset = 0;  ///< or the new size
    std::string bytes{};
  };
  struct File {
    std::string durable;
    std::vector<Operation> pending;
  };
  struct NameChange {
    std::string name;
    std::optional<DiskTrace::FileId> file;
  };
  struct Directory {
    std::map<std::string, DiskTrace::FileId> durable;
    std::vector<NameChange> pending;
  };

  static void perform(std::string& content, const Operation& operation);
  static std::string content_after(const File& file, Loss loss, std::mt19937_64& random);
  static void scatter(std::string& content, const Operation& operation, int percent,
                      std::mt19937_64& random);
  static std::map<std::string, DiskTrace::FileId> names_after(const Directory& directory, Loss loss,
                                                              std::mt19937_64& random);
  bool survives(const std::string& directory, Loss loss, std::mt19937_64& random) const;

  std::vector<File> files_;
  std::map<std::string, Directory> directories_{{"", {}}};
  std::vector<std::string> young_directories_;  ///< whose own names are not synced
};

}  // namespace candor::absorb
