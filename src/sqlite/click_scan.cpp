// Clicks as attribution reads them: very many, and little of each.
#include <algorithm>
#include <iterator>
#include <optional>

#include "sqlite/click_blocks.h"
#include "sqlite/rows.h"
#include "sqlite/site_store.h"

namespace candor::sqlite {
namespace {

using attribution::CandidateClick;
using rollup::ClickColumn;

// Between pieces nothing is held of the database, so that its log can be checkpointed.
constexpr std::size_t kPiece = 65'536;

/// Human clicks of ids from `from` up to before `to`, at most a piece of them.
std::vector<CandidateClick> read_rows(Connection& connection, ClickId from, ClickId to) {
  Query query(connection, sql::clicks::list_human_clicks);
  query.set(":from", from).set(":to", to).set(":limit", row_limit(kPiece));
  return read_all(query, [](Row& row) {
    const auto id = row.id<ClickId>();
    const auto link = row.id<LinkId>();
    return CandidateClick{id, link, row.id<ArticleId>()};
  });
}

std::vector<CandidateClick> read_block(Connection& connection, const BlockHead& block, ClickId from,
                                       ClickId to) {
  BlockColumns columns(connection, block);
  const auto& ids = columns.of(ClickColumn::Id);
  const auto& verdicts = columns.of(ClickColumn::Verdict);
  const auto& links = columns.of(ClickColumn::Link);
  const auto& articles = columns.of(ClickColumn::Article);
  const auto first = std::ranges::lower_bound(ids, from.value) - ids.begin();
  const auto last = std::ranges::lower_bound(ids, to.value) - ids.begin();
  std::vector<CandidateClick> clicks;
  clicks.reserve(static_cast<std::size_t>(std::max<std::ptrdiff_t>(last - first, 0)));
  for (auto i = static_cast<std::size_t>(first); i < static_cast<std::size_t>(last); ++i)
    if (verdicts[i] == static_cast<std::int64_t>(Verdict::Human))
      clicks.push_back({{ids[i]}, {links[i]}, {articles[i]}});
  return clicks;
}

/// The next piece from `from` on, which moves to where the one after it begins.
std::vector<CandidateClick> read_piece(Connection& connection, ClickId& from, ClickId to) {
  const auto blocks = list_blocks(connection, ClickId{from.value - 1}, to);
  ClickId end = blocks.empty() ? to : std::min(to, ClickId{blocks.front().last_click + 1});
  std::vector<CandidateClick> rows = read_rows(connection, from, end);
  if (rows.size() == kPiece) end = {rows.back().id.value + 1};
  std::vector<CandidateClick> all;
  if (!blocks.empty() && blocks.front().first_click < end.value) {
    // A click that came late stands beside the block of its day.
    auto closed = read_block(connection, blocks.front(), from, end);
    if (rows.empty()) {
      all = std::move(closed);
    } else {
      all.reserve(rows.size() + closed.size());
      std::ranges::merge(rows, closed, std::back_inserter(all), {}, &CandidateClick::id,
                         &CandidateClick::id);
    }
  } else {
    all = std::move(rows);
  }
  from = end;
  return all;
}

std::optional<CandidateClick> find_row(Connection& connection, ClickId id) {
  Query query(connection, sql::clicks::find_candidate);
  query.set(":id", id);
  return read_first(query, [](Row& row) {
    const auto found = row.id<ClickId>();
    const auto link = row.id<LinkId>();
    return CandidateClick{found, link, row.id<ArticleId>()};
  });
}

/// Ids ascend, so that each block is opened once.
std::vector<CandidateClick> find_some(Connection& connection, std::span<const ClickId> ids) {
  std::vector<CandidateClick> found;
  std::optional<BlockColumns> columns;
  for (const ClickId id : ids) {
    if (const auto row = find_row(connection, id)) {
      found.push_back(*row);
      continue;
    }
    if (!columns || columns->head().last_click < id.value) {
      columns.reset();
      if (const auto block = find_block(connection, id)) columns.emplace(connection, *block);
    }
    if (const auto at = columns ? columns->find(id) : std::nullopt)
      found.push_back(
          {id, {columns->of(ClickColumn::Link)[*at]}, {columns->of(ClickColumn::Article)[*at]}});
  }
  return found;
}

}  // namespace

void SiteStore::scan_human_clicks(
    std::int64_t from_ms, std::int64_t to_ms,
    const std::function<void(std::span<const attribution::CandidateClick>)>& take) const {
  ClickId from = first_click_id(from_ms);
  const ClickId to = first_click_id(to_ms);
  while (from < to) {
    throw_when_stopped();
    const std::vector<CandidateClick> piece =
        database_.read([&](Connection& connection) { return read_piece(connection, from, to); });
    if (!piece.empty()) take(piece);
  }
}

std::vector<CandidateClick> SiteStore::find_candidates(std::span<const ClickId> ids) const {
  std::vector<CandidateClick> found;
  while (!ids.empty()) {
    throw_when_stopped();
    const auto some = ids.first(std::min(ids.size(), kPiece));
    const auto piece =
        database_.read([&](Connection& connection) { return find_some(connection, some); });
    found.insert(found.end(), piece.begin(), piece.end());
    ids = ids.subspan(some.size());
  }
  return found;
}

std::vector<store::LinkTarget> SiteStore::list_link_targets() const {
  return database_.read([&](Connection& connection) {
    Query query(connection, sql::links::list_targets);
    return read_all(query, [](Row& row) {
      store::LinkTarget target;
      target.id = row.id<LinkId>();
      target.network = row.text();
      target.destination = row.text();
      return target;
    });
  });
}

}  // namespace candor::sqlite
