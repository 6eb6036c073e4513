// Every statement of sql/sqlite prepares against the schema, and the ones that run often search.
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "contract/store_contract.h"
#include "sqlite/migrations.h"
#include "sqlite/row_slice.h"

namespace candor::sqlite {
namespace {

class SqlFiles : public testing::Test {
 protected:
  SqlFiles() : database_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    for (const sql::Migration& migration : sql::kMigrations)
      database_.exec(std::string(migration.text));
    database_.exec("ATTACH ':memory:' AS batch");
    for (const char* table : {"clicks", "day_counts"}) add_to_batch(table);
    slice_.attach(database_.getHandle());
  }

  /// What the write connection's batch holds, by the same statements.
  void add_to_batch(const std::string& table) {
    std::string text(sql::batch::create_day_counts);
    if (table == "clicks") {
      SQLite::Statement of_clicks(database_,
                                  "SELECT sql FROM main.sqlite_schema WHERE name = 'clicks'");
      of_clicks.executeStep();
      text = of_clicks.getColumn(0).getString();
    }
    text.insert(text.find(table), "batch.");
    database_.exec(text);
  }

  std::string plan_of(std::string_view statement) {
    SQLite::Statement query(database_, "EXPLAIN QUERY PLAN " + std::string(statement));
    std::string plan;
    while (query.executeStep()) plan += query.getColumn(3).getString() + "\n";
    return plan;
  }

  RowSlice slice_;
  SQLite::Database database_;
};

TEST_F(SqlFiles, EveryStatementPrepares) {
  for (const sql::Statement& statement : sql::kStatements)
    EXPECT_NO_THROW(SQLite::Statement(database_, std::string(statement.text))) << statement.name;
}

TEST_F(SqlFiles, RowsOfABatchAreCopiedWhole) {
  SQLite::Statement program(database_, "EXPLAIN " + std::string(sql::batch::insert_clicks));
  std::set<std::string> steps;
  while (program.executeStep()) steps.insert(program.getColumn(1).getString());
  EXPECT_TRUE(steps.contains("Insert"));
  EXPECT_FALSE(steps.contains("Column") || steps.contains("MakeRecord"));
}

TEST_F(SqlFiles, EveryTableIsStrict) {
  SQLite::Statement query(database_,
                          "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND "
                          "type <> 'view' AND name NOT LIKE 'sqlite_%'");
  int tables = 0;
  while (query.executeStep()) {
    EXPECT_EQ(query.getColumn(1).getInt(), 1) << query.getColumn(0).getString();
    ++tables;
  }
  EXPECT_GT(tables, 20);
}

TEST_F(SqlFiles, TheClicksTableHasNoSecondIndex) {
  SQLite::Statement query(database_, "SELECT count(*) FROM pragma_index_list('clicks')");
  query.executeStep();
  EXPECT_EQ(query.getColumn(0).getInt(), 0);
}

/// Statements that read a whole small table on purpose, by what they are for.
const std::set<std::string_view> kScans = {
    "articles/list_articles",
    "articles/list_wholly_paid",     // all of them are wanted
    "batch/add_click_days",          // the batch is all wanted
    "blocks/list_languages",         // all of them are wanted
    "blocks/list_link_groups",       // all of them are wanted
    "blocks/list_reasons",           // all of them are wanted
    "blocks/list_staged",            // a few blocks under way
    "check/sum_unbooked",            // the queue
    "clicks/sum_of_capped",          // once a table of links is built, when one has a cap
    "commissions/list_commissions",  // from the newest, up to a limit
    "history/list_revisions",        // all of them are wanted, up to a day
    "commissions/list_followers",    // records that reverse others, by an index of those alone
    "commissions/list_relabelled",   // its labels: those that changed just now
    "imports/list_imports",
    "jobs/interrupt_job_runs",  // a few a night
    "jobs/list_job_runs",
    "link_checks/list_checks",             // all of them are wanted
    "link_checks/list_dead",               // its own index: the dead ones
    "outbox/list_mails",                   // from the newest, up to a limit
    "outbox/list_waiting",                 // its own index: those on their way
    "label_rules/list_config_rules",       // few
    "label_rules/list_rules",              // few
    "owner_rules/list_rules",              // few
    "webhooks/list_webhooks",              // all of them are wanted
    "webhooks/list_events",                // from the oldest, up to a limit
    "webhooks/insert_event",               // a handful of webhooks
    "webhooks/delete_settled_deliveries",  // once a day
    "links/list_links",
    "links/list_targets",                // once an attribution
    "reports/list_network_data",         // networks, from their imports and the newest events
    "reports/list_money_as_of",          // what its own search has found
    "reports/list_network_data_as_of",   // networks, from their imports and commissions
    "reports/list_order_weights_as_of",  // what its own search has found
    "reports/list_waiting",              // the queue
    "totals/list_link_type_clicks",      // a row for each link type ever told, by an index of those
    "totals/list_tag_clicks",            // a row for each tag ever told, by an index of those
    "runs/list_run_spans",
    "runs/list_runs",
    "schema/count_tables",
    "slice/find_known",  // all that an import brings, a slice at a time: the same for the others
    "slice/insert_commissions",
    "slice/insert_events",
    "slice/insert_sightings",
    "slice/insert_unbooked",
    "slice/stage_events",
    "schema/list_migrations",
    "accounts/delete_expired_tokens",   // a handful of rows
    "accounts/delete_sessions_before",  // a handful of rows
    "accounts/list_api_tokens",         // all of them are wanted
    "accounts/count_owners",            // a handful of rows
    "accounts/list_sessions",           // all of them are wanted
    "accounts/list_shares",             // all of them are wanted
    "accounts/list_users",              // all of them are wanted
};

/// A recursive list of days and a row of constants are no tables.
bool scans_a_table(const std::string& plan) {
  std::istringstream lines(plan);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("SCAN ") && line != "SCAN CONSTANT ROW" && line != "SCAN days")
      return true;
  return false;
}

TEST_F(SqlFiles, StatementsSearch) {
  for (const sql::Statement& statement : sql::kStatements) {
    const std::string plan = plan_of(statement.text);
    const bool scans = scans_a_table(plan);
    EXPECT_EQ(scans, kScans.contains(statement.name)) << statement.name << "\n" << plan;
  }
}

TEST_F(SqlFiles, HotStatementsUseTheirKey) {
  const std::pair<std::string_view, const char*> expected[] = {
      {sql::clicks::list_clicks_descending,
       "SEARCH clicks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
      {sql::clicks::list_clicks_ascending,
       "SEARCH clicks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"},
      {sql::clicks::find_candidate, "SEARCH clicks USING INTEGER PRIMARY KEY (rowid=?)"},
      {sql::clicks::sum_by_article, "SEARCH click_days USING PRIMARY KEY (day>? AND day<?)"},
      {sql::clicks::sum_by_day_of_article,
       "SEARCH click_days USING PRIMARY KEY (day=? AND article=?)"},
      {sql::links::find_link_by_slug, "SEARCH links USING INDEX links_by_slug (slug=?)"},
      {sql::articles::find_article_by_path,
       "SEARCH articles USING INDEX sqlite_autoindex_articles_1 (path=?)"},
      {sql::commissions::find_latest, "(network=? AND account=? AND identity=?)"},
      {sql::slice::find_known, "(network=? AND account=? AND identity=?)"},
      {sql::slice::stage_events, "SEARCH commissions USING INTEGER PRIMARY KEY (rowid=?)"},
      {sql::commissions::list_commissions, "USING INDEX commission_events_by_time"},
      {sql::reports::sum_imported, "commission_events_by_time (event_at_ms>? AND event_at_ms<?)"},
      {sql::reports::list_money, "commission_events_by_time (event_at_ms>? AND event_at_ms<?)"},
      {sql::reports::list_allocated, "commission_events_by_time (event_at_ms>? AND event_at_ms<?)"},
      {sql::allocations::list_allocations, "allocations_by_commission (commission=?)"},
  };
  for (const auto& [statement, part] : expected)
    EXPECT_NE(plan_of(statement).find(part), std::string::npos) << statement << plan_of(statement);
}

TEST_F(SqlFiles, ListingClicksNeedsNoSorter) {
  EXPECT_EQ(plan_of(sql::clicks::list_clicks_descending).find("TEMP B-TREE"), std::string::npos);
}

}  // namespace
}  // namespace candor::sqlite
