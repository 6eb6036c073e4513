#pragma once
// The redirect front's link table, kept as the store has it. A change is one small block on top of
// a large one; a thread that runs when nobody else wants to makes them one again.
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/idle_priority.h"
#include "link/link_table.h"
#include "store/store.h"

namespace candor::app {

using LinkTablePtr = std::shared_ptr<const LinkTable>;

/// The table with the clicks of links with a cap as they are now.
LinkTablePtr with_caps_counted(const LinkTable& table, const store::Store& store,
                               const std::filesystem::path& journal);

/// For one thread, apart from its own.
class LinkTables {
 public:
  struct Limits {
    /// So many changed links are put into the block again: on top they cost a little at each
    /// change.
    std::size_t changes_on_top = 4096;
    /// Of more, e.g. an import, all links are read: that takes as long and holds fewer at a time.
    std::size_t changes_at_once = 50'000;
  };

  struct Files {
    std::filesystem::path snapshot;
    std::filesystem::path journal;  ///< its folder
  };

  /// Begins with the table that came from the snapshot, or with none; `use` is given each new one.
  /// What it refers to must outlive it.
  LinkTables(const store::Store& store, Files files, LinkTablePtr first,
             std::function<void(LinkTablePtr)> use, Limits limits);
  /// What was begun is finished, but for a table under way, which the next start makes anew.
  ~LinkTables();
  LinkTables(const LinkTables&) = delete;
  LinkTables& operator=(const LinkTables&) = delete;

  /// Hands out a new table when something has changed; true then, and the first time.
  bool refresh();
  /// Reads anew how often people clicked links with a cap: the table says how often they had.
  void recount();
  /// Puts into the snapshot what was handed over since. Throws std::system_error.
  void save();

  /// Of the table the front has.
  std::int64_t epoch() const { return table_ ? table_->newest().content().epoch : 0; }
  bool has_caps() const { return table_ && !table_->capped_links().empty(); }

 private:
  using Block = std::shared_ptr<const LinkBlock>;
  /// Makes a block to begin anew with; null when asked to stop before it was done.
  using Task = std::function<Block(const std::stop_token&)>;

  void begin();
  bool catch_up();
  void hand_over(LinkTablePtr table);
  /// Awaited: two threads, one that reads and one that packs.
  enum class Haste : std::uint8_t { None, Awaited };
  Block read_all(Haste haste, const std::stop_token& stop) const;
  bool is_busy();
  Block take_fresh();

  void start(Priority priority, Task task);
  void work(const std::stop_token& stop);
  template <class Duty>
  bool try_to(const std::string& what, Duty duty);

  const store::Store& store_;
  Files files_;
  std::function<void(LinkTablePtr)> use_;
  Limits limits_;
  LinkTablePtr table_;
  std::vector<LinkTablePtr> former_;  ///< until the front has let them go: the last one to do so
                                      ///< frees a million links
  bool unsaved_ = false;
  bool begun_ = false;
  bool behind_ = false;  ///< too much has changed: waiting for all links to be read

  std::mutex mutex_;  ///< guards the next two
  std::condition_variable_any changed_;
  Task task_;              ///< until all of it is done
  Block fresh_;            ///< made, not yet taken over
  std::string complaint_;  ///< the thread's own
  std::jthread thread_;
};

}  // namespace candor::app
