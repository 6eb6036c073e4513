// Verdicts that newer rules change: the click, what it was judged first, and the counts of its day.
#include <map>
#include <memory>
#include <optional>

#include "rollup/click_block.h"
#include "sqlite/click_blocks.h"
#include "sqlite/closed_days.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

using rollup::ClickColumn;

struct Judged {
  LinkId link;
  ArticleId article;
  Verdict verdict = Verdict::Human;
  std::int64_t reason = 0;  ///< its id
};

struct First {
  store::FirstVerdict verdict;
  std::int64_t reason = 0;  ///< its id
};

std::optional<Judged> find_judged(Connection& connection, ClickId id) {
  Query query(connection, sql::clicks::find_verdict);
  query.set(":id", id);
  return read_first(query, [](Row& row) {
    return Judged{.link = row.id<LinkId>(),
                  .article = row.id<ArticleId>(),
                  .verdict = row.number<Verdict>(),
                  .reason = row.integer()};
  });
}

/// Verdicts of clicks in blocks: a block's columns are read once and written once, however many of
/// its clicks change.
class ClosedVerdicts {
 public:
  explicit ClosedVerdicts(Connection& connection) : connection_(connection) {}

  std::optional<Judged> find(ClickId click) {
    Block* block = block_of(click);
    const auto at = block ? block->columns.find(click) : std::nullopt;
    if (!at) return std::nullopt;
    return Judged{.link = {block->columns.of(ClickColumn::Link)[*at]},
                  .article = {block->columns.of(ClickColumn::Article)[*at]},
                  .verdict = static_cast<Verdict>(block->verdicts[*at]),
                  .reason = block->reasons[*at]};
  }
  void set(ClickId click, Verdict verdict, std::int64_t reason) {
    Block* block = block_of(click);
    const std::size_t at = block->columns.find(click).value();
    block->verdicts[at] = static_cast<std::int64_t>(verdict);
    block->reasons[at] = reason;
    block->changed = true;
  }
  void write() const {
    for (const auto& [id, block] : blocks_) {
      if (!block->changed) continue;
      write_column(id, ClickColumn::Verdict, block->verdicts);
      write_column(id, ClickColumn::Reason, block->reasons);
    }
  }

 private:
  struct Block {
    Block(Connection& connection, const BlockHead& head)
        : columns(connection, head),
          verdicts(columns.of(ClickColumn::Verdict)),
          reasons(columns.of(ClickColumn::Reason)) {}
    BlockColumns columns;
    std::vector<std::int64_t> verdicts;
    std::vector<std::int64_t> reasons;
    bool changed = false;
  };

  Block* block_of(ClickId click) {
    const auto head = find_block(connection_, click);
    if (!head) return nullptr;
    auto& block = blocks_[head->id];
    if (!block) block = std::make_unique<Block>(connection_, *head);
    return block.get();
  }
  void write_column(std::int64_t block, ClickColumn column,
                    const std::vector<std::int64_t>& values) const {
    const auto number = static_cast<std::uint64_t>(block);
    const std::string packed = rollup::pack_column(column, values, number);
    Query(connection_, sql::blocks::insert_column)
        .set(":id", static_cast<std::int64_t>(rollup::place_of(number, column)))
        .set_bytes(":data", packed)
        .run();
  }

  Connection& connection_;
  std::map<std::int64_t, std::unique_ptr<Block>> blocks_;
};

std::optional<First> find_first(Connection& connection, ClickId id) {
  Query query(connection, sql::clicks::find_first_verdict);
  query.set(":id", id);
  return read_first(query, [](Row& row) {
    First first;
    first.verdict.verdict = row.number<Verdict>();
    first.reason = row.integer();
    first.verdict.reason = row.text();
    first.verdict.changed_at_ms = row.integer();
    return first;
  });
}

void set_verdict(Connection& connection, ClickId id, Verdict verdict, std::int64_t reason) {
  Query(connection, sql::clicks::set_verdict)
      .set(":id", id)
      .set(":verdict", static_cast<std::int64_t>(verdict))
      .set(":reason", reason)
      .run();
}

/// The reason's id that goes with the verdict that replaces `from`; a click that is judged as it
/// was first has no history.
std::int64_t change(Writer& writer, const Judged& from, const store::NewVerdict& to,
                    std::int64_t at_ms) {
  Connection& connection = writer.connection;
  const auto first = find_first(connection, to.click);
  if (first && first->verdict.verdict == to.verdict) {
    Query(connection, sql::clicks::delete_first_verdict).set(":id", to.click).run();
    return first->reason;
  }
  if (!first)
    Query(connection, sql::clicks::insert_first_verdict)
        .set(":id", to.click)
        .set(":verdict", static_cast<std::int64_t>(from.verdict))
        .set(":reason", from.reason)
        .set(":changed_at_ms", at_ms)
        .run();
  return writer.reasons.id_of(connection, to.reason);
}

void move_day_counts(Connection& connection, const rollup::ClickDayDeltas& deltas) {
  Query add(connection, sql::clicks::add_click_day);
  Query remove(connection, sql::clicks::delete_empty_click_day);
  const auto set_key = [](Query& query, const rollup::ClickDayKey& key) -> Query& {
    return query.set(":day", std::int64_t{key.day})
        .set(":article", key.article)
        .set(":link", key.link)
        .set(":verdict", static_cast<std::int64_t>(key.verdict));
  };
  for (const auto& [key, clicks] : deltas) {
    set_key(add, key).set(":clicks", clicks).run();
    set_key(remove, key).run();
  }
}

}  // namespace

std::size_t SiteStore::change_verdicts(const std::vector<store::NewVerdict>& verdicts,
                                       const rollup::SiteZone& zone, std::int64_t at_ms) {
  throw_when_stopped();
  return database_.write([&](Writer& writer) {
    finish_removal(writer.connection);  // a row that waits to go would keep the change to itself
    ClosedVerdicts closed(writer.connection);
    std::size_t changed = 0;
    rollup::ClickDayDeltas deltas;
    for (const store::NewVerdict& to : verdicts) {
      const auto row = find_judged(writer.connection, to.click);
      const auto judged = row ? row : closed.find(to.click);
      if (!judged || judged->verdict == to.verdict) continue;
      const std::int64_t reason = change(writer, *judged, to, at_ms);
      if (row)
        set_verdict(writer.connection, to.click, to.verdict, reason);
      else
        closed.set(to.click, to.verdict, reason);
      rollup::ClickDayKey key{.day = zone.day_of(candor::at_ms(to.click)),
                              .article = judged->article,
                              .link = judged->link,
                              .verdict = judged->verdict};
      --deltas[key];
      key.verdict = to.verdict;
      ++deltas[key];
      reopen_day(writer, key.day);
      ++changed;
    }
    closed.write();
    move_day_counts(writer.connection, deltas);
    return changed;
  });
}

std::optional<store::FirstVerdict> SiteStore::find_first_verdict(ClickId id) const {
  return database_.read([&](Connection& connection) -> std::optional<store::FirstVerdict> {
    auto first = find_first(connection, id);
    if (!first) return std::nullopt;
    return std::move(first->verdict);
  });
}

}  // namespace candor::sqlite
