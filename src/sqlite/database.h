#pragma once
// The owned database file: the lock, the one connection that writes and checkpoints, and a pool of
// read-only ones. Callable from any thread.
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/guarded.h"
#include "sqlite/click_batch.h"
#include "sqlite/connection.h"
#include "sqlite/dictionary.h"
#include "sqlite/lock_file.h"
#include "sqlite/migrations.h"
#include "sqlite/row_slice.h"

namespace candor::sqlite {

/// What a writing function is given.
struct Writer {
  explicit Writer(const std::filesystem::path& path);

  ClickBatch batch;
  RowSlice slice;
  Connection connection;
  Dictionary user_agents;
  Dictionary referrers;
  Dictionary reasons;
  Dictionary languages;
  /// The day somebody reads piece by piece; nothing as soon as it gets a click or another verdict.
  std::optional<rollup::DayNumber> watched_day;
  int wal_pages = 0;  ///< in the write-ahead log after the last commit

  /// After a roll-back.
  void forget_texts();
  /// True when every committed page is in the main file, synced. Never waits for readers.
  bool checkpoint();
};

class Database {
 public:
  /// Takes the lock, checks, copies, migrates, opens. Throws store::Busy, store::NewerSchema or
  /// store::Broken.
  Database(const std::filesystem::path& path, std::span<const sql::Migration> migrations);

  /// Runs f(Writer&) in one transaction; an exception rolls it back. One writer at a time.
  template <class F>
  auto write(F&& f) {
    return writer_->with([&](Writer& writer) { return run_transaction(writer, f); });
  }

  /// Runs f(Connection&) on one snapshot of the data.
  template <class F>
  auto read(F&& f) const {
    std::unique_ptr<Connection> reader = take_reader();
    try {
      SQLite::Transaction snapshot(reader->database());
      auto answer = f(*reader);
      snapshot.commit();
      return_reader(std::move(reader));
      return answer;
    } catch (const SQLite::Exception& error) {
      throw_broken(path_, error);
    }
  }

  bool checkpoint();

 private:
  template <class F>
  auto run_transaction(Writer& writer, F& f) {
    try {
      SQLite::Transaction transaction(writer.connection.database(),
                                      SQLite::TransactionBehavior::IMMEDIATE);
      if constexpr (std::is_void_v<decltype(f(writer))>) {
        f(writer);
        transaction.commit();
        bound_log(writer);
      } else {
        auto answer = f(writer);
        transaction.commit();
        bound_log(writer);
        return answer;
      }
    } catch (const SQLite::Exception& error) {
      writer.forget_texts();
      throw_broken(path_, error);
    } catch (...) {
      writer.forget_texts();
      throw;
    }
  }

  /// Checkpoints when the write-ahead log has grown long, whoever wrote it.
  static void bound_log(Writer& writer);
  std::unique_ptr<Connection> take_reader() const;
  void return_reader(std::unique_ptr<Connection> reader) const;

  std::filesystem::path path_;
  LockFile lock_;
  // Readers close before the writer, which then checkpoints and removes the log.
  std::unique_ptr<Guarded<Writer>> writer_;
  mutable Guarded<std::vector<std::unique_ptr<Connection>>> idle_readers_;
};

}  // namespace candor::sqlite
