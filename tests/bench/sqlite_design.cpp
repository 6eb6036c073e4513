#include "bench/sqlite_design.h"

#include <sqlite3.h>

#include <bit>
#include <stdexcept>
#include <string>

namespace candor::bench {
namespace {

class SqliteDesign final : public Design {
 public:
  SqliteDesign(const DesignOptions& options, bool commit_each) : commit_each_(commit_each) {
    check(sqlite3_open((options.folder / "clicks.db").c_str(), &database_));
    run("PRAGMA journal_mode = WAL");
    // NORMAL leaves the log to the kernel, as mode process does with the journal.
    run(options.durability == journal::Durability::Power ? "PRAGMA synchronous = FULL"
                                                         : "PRAGMA synchronous = NORMAL");
    run("CREATE TABLE clicks (id INTEGER PRIMARY KEY, link INTEGER, article INTEGER, "
        "visitor INTEGER, verdict INTEGER, reason TEXT, referrer TEXT, user_agent TEXT)");
    check(sqlite3_prepare_v2(database_, "INSERT INTO clicks VALUES (?,?,?,?,?,?,?,?)", -1, &insert_,
                             nullptr));
    check(sqlite3_prepare_v2(database_, "BEGIN", -1, &begin_, nullptr));
    check(sqlite3_prepare_v2(database_, "COMMIT", -1, &commit_, nullptr));
  }
  ~SqliteDesign() override {
    for (sqlite3_stmt* statement : {insert_, begin_, commit_}) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  SqliteDesign(const SqliteDesign&) = delete;
  SqliteDesign& operator=(const SqliteDesign&) = delete;

  void append(Click click, std::uint32_t reader) override {
    if (!commit_each_ && !open_) step(begin_);
    open_ = true;
    sqlite3_bind_int64(insert_, 1, click.id.value);
    sqlite3_bind_int64(insert_, 2, click.link.value);
    sqlite3_bind_int64(insert_, 3, click.article.value);
    sqlite3_bind_int64(insert_, 4, std::bit_cast<std::int64_t>(click.visitor));
    sqlite3_bind_int(insert_, 5, static_cast<int>(click.verdict));
    bind(6, click.reason);
    bind(7, click.referrer);
    bind(8, click.user_agent);
    step(insert_);
    group_.push_back({reader, true});
  }
  void end_turn() override {
    if (!commit_each_ && open_) step(commit_);
    open_ = false;
  }
  void take_settled(std::vector<Settled>& out) override {
    out.insert(out.end(), group_.begin(), group_.end());
    group_.clear();
  }
  void wait(std::chrono::milliseconds) override {}

 private:
  void check(int outcome) {
    if (outcome != SQLITE_OK && outcome != SQLITE_DONE)
      throw std::runtime_error(sqlite3_errmsg(database_));
  }
  void run(const char* text) { check(sqlite3_exec(database_, text, nullptr, nullptr, nullptr)); }
  void step(sqlite3_stmt* statement) {
    check(sqlite3_step(statement));
    sqlite3_reset(statement);
  }
  void bind(int place, const std::string& text) {
    sqlite3_bind_text(insert_, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
  }

  bool commit_each_;
  bool open_ = false;
  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* begin_ = nullptr;
  sqlite3_stmt* commit_ = nullptr;
  std::vector<Settled> group_;
};

}  // namespace

std::unique_ptr<Design> make_sqlite_design(const DesignOptions& options, bool commit_each) {
  return std::make_unique<SqliteDesign>(options, commit_each);
}

}  // namespace candor::bench
