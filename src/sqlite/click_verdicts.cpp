// Verdicts that newer rules change: the click, what it was judged first, and the counts of its day.
#include <optional>

#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

struct Judged {
  LinkId link;
  ArticleId article;
  Verdict verdict = Verdict::Human;
};

struct First {
  store::FirstVerdict verdict;
  std::int64_t reason = 0;  ///< its id
};

std::optional<Judged> find_judged(Connection& connection, ClickId id) {
  Query query(connection, sql::clicks::find_verdict);
  query.set(":id", id);
  return read_first(query, [](Row& row) {
    return Judged{
        .link = row.id<LinkId>(), .article = row.id<ArticleId>(), .verdict = row.number<Verdict>()};
  });
}

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

/// The verdict that replaces `from`; a click that is judged as it was first has no history.
void change(Writer& writer, const store::NewVerdict& to, std::int64_t at_ms) {
  Connection& connection = writer.connection;
  const auto first = find_first(connection, to.click);
  if (first && first->verdict.verdict == to.verdict) {
    set_verdict(connection, to.click, to.verdict, first->reason);
    Query(connection, sql::clicks::delete_first_verdict).set(":id", to.click).run();
    return;
  }
  if (!first)
    Query(connection, sql::clicks::insert_first_verdict)
        .set(":id", to.click)
        .set(":changed_at_ms", at_ms)
        .run();
  set_verdict(connection, to.click, to.verdict, writer.reasons.id_of(connection, to.reason));
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
    std::size_t changed = 0;
    rollup::ClickDayDeltas deltas;
    for (const store::NewVerdict& to : verdicts) {
      const auto judged = find_judged(writer.connection, to.click);
      if (!judged || judged->verdict == to.verdict) continue;
      change(writer, to, at_ms);
      rollup::ClickDayKey key{.day = zone.day_of(candor::at_ms(to.click)),
                              .article = judged->article,
                              .link = judged->link,
                              .verdict = judged->verdict};
      --deltas[key];
      key.verdict = to.verdict;
      ++deltas[key];
      ++changed;
    }
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
