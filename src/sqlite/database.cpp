#include "sqlite/database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "store/errors.h"

namespace candor::sqlite {
namespace {

// 64 MiB of 4 KiB pages. The absorber checkpoints much earlier; this bounds the log when it does
// not.
constexpr int kLongLogPages = 16'384;
constexpr std::size_t kIdleReaders = 4;

/// One name for one file, whichever way it was reached: the lock stands beside the real one.
std::filesystem::path real_path(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::path real = std::filesystem::weakly_canonical(path, error);
  return error ? path : real;
}

std::filesystem::path beside(const std::filesystem::path& path, const char* suffix) {
  return path.string() + suffix;
}

bool has_content(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > 0;
}

/// A new file is the owner's alone before SQLite writes the first byte; its log and copies inherit
/// that.
void create_private(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    const std::error_code error(errno, std::generic_category());
    throw store::Broken(fmt::format("cannot open {}: {}", path.string(), error.message()));
  }
  ::close(descriptor);
}

/// Looks at an existing file without changing a byte of it or beside it. A log that still holds
/// commits must be read too.
SchemaState look_at(const std::filesystem::path& path, std::span<const sql::Migration> known) {
  const auto mode =
      has_content(beside(path, "-wal")) ? Connection::Mode::Reader : Connection::Mode::Immutable;
  Connection connection(path, mode);
  return check_schema(connection, known, path);
}

void count_pages(Writer& writer) {
  sqlite3_wal_hook(
      writer.connection.database().getHandle(),
      [](void* pages, sqlite3*, const char*, int count) {
        *static_cast<int*>(pages) = count;
        return SQLITE_OK;
      },
      &writer.wal_pages);
}

std::unique_ptr<Guarded<Writer>> open_writer(const std::filesystem::path& path,
                                             std::span<const sql::Migration> known) {
  try {
    SchemaState state{.fresh = true};
    if (has_content(path)) state = look_at(path, known);
    create_private(path);
    auto writer = std::make_unique<Guarded<Writer>>(path);
    writer->with([&](Writer& owner) {
      if (!state.fresh && state.applied < static_cast<int>(known.size()))
        copy_database(owner.connection, copy_path(path, state));
      migrate(owner.connection, known, state);
      count_pages(owner);
      owner.batch.attach(owner.connection);
      owner.slice.attach(owner.connection.database().getHandle());
    });
    return writer;
  } catch (const SQLite::Exception& error) {
    throw_broken(path, error);
  }
}

}  // namespace

Writer::Writer(const std::filesystem::path& path)
    : connection(path, Connection::Mode::Owner),
      user_agents(sql::clicks::find_user_agent, sql::clicks::insert_user_agent),
      referrers(sql::clicks::find_referrer, sql::clicks::insert_referrer),
      reasons(sql::clicks::find_reason, sql::clicks::insert_reason),
      languages(sql::clicks::find_language, sql::clicks::insert_language) {}

void Writer::forget_texts() {
  user_agents.forget();
  referrers.forget();
  reasons.forget();
  languages.forget();
}

bool Writer::checkpoint() {
  int log_pages = 0;
  int moved_pages = 0;
  const int outcome =
      sqlite3_wal_checkpoint_v2(connection.database().getHandle(), nullptr,
                                SQLITE_CHECKPOINT_TRUNCATE, &log_pages, &moved_pages);
  if (outcome == SQLITE_OK) {
    wal_pages = 0;
    return true;
  }
  // A reader of older data only keeps the log from being cut: everything may have been moved
  // anyway.
  return outcome == SQLITE_BUSY && log_pages >= 0 && log_pages == moved_pages;
}

Database::Database(const std::filesystem::path& path, std::span<const sql::Migration> migrations)
    : path_(real_path(path)),
      lock_(beside(path_, ".lock")),
      writer_(open_writer(path_, migrations)) {}

bool Database::checkpoint() {
  return writer_->with([](Writer& writer) { return writer.checkpoint(); });
}

void Database::bound_log(Writer& writer) {
  // Its failure is not the commit's: the next one tries again.
  if (writer.wal_pages > kLongLogPages) writer.checkpoint();
}

std::unique_ptr<Connection> Database::take_reader() const {
  std::unique_ptr<Connection> reader = idle_readers_.with([](auto& idle) {
    std::unique_ptr<Connection> last;
    if (!idle.empty()) {
      last = std::move(idle.back());
      idle.pop_back();
    }
    return last;
  });
  if (reader) return reader;
  try {
    return std::make_unique<Connection>(path_, Connection::Mode::Reader);
  } catch (const SQLite::Exception& error) {
    throw_broken(path_, error);
  }
}

void Database::return_reader(std::unique_ptr<Connection> reader) const {
  idle_readers_.with([&](auto& idle) {
    if (idle.size() < kIdleReaders) idle.push_back(std::move(reader));
  });
}

}  // namespace candor::sqlite
