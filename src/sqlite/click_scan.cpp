// Clicks as attribution reads them: very many, and little of each.
#include <algorithm>
#include <iterator>

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
    const auto closed = read_block(connection, blocks.front(), from, end);
    all.reserve(rows.size() + closed.size());
    std::ranges::merge(rows, closed, std::back_inserter(all), {}, &CandidateClick::id,
                       &CandidateClick::id);
  } else {
    all = std::move(rows);
  }
  from = end;
  return all;
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
