// A row of the answer is found by a key: the code of each dimension's value, side by side in as few
// bits as the values seen so far need. While all keys fit a table, counting a click is one addition
// into it; with more bits the cells are kept by key. A value that needs one more bit lays the cells
// out anew, which happens as often as numbers of values double.
#include "rollup/click_slice.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <stdexcept>

#include "click/click.h"

namespace candor::rollup {
namespace {

constexpr unsigned kMostDenseBits = 22;  // 64 MiB of cells
constexpr unsigned kMostBits = 60;
constexpr std::int64_t kHuman = static_cast<std::int64_t>(Verdict::Human);

bool is_of_day(SliceDimension dimension) { return dimension <= SliceDimension::Month; }

ClickColumn column_of(SliceDimension dimension) {
  switch (dimension) {
    case SliceDimension::Article:
      return ClickColumn::Article;
    case SliceDimension::Placement:
      return ClickColumn::Placement;
    case SliceDimension::Country:
      return ClickColumn::Country;
    case SliceDimension::Device:
      return ClickColumn::Device;
    case SliceDimension::Os:
      return ClickColumn::Os;
    case SliceDimension::Language:
      return ClickColumn::Language;
    case SliceDimension::Verdict:
      return ClickColumn::Verdict;
    case SliceDimension::Kind:
      return ClickColumn::Kind;
    case SliceDimension::Reason:
      return ClickColumn::Reason;
    default:
      return ClickColumn::Link;
  }
}

std::int64_t group_of(const std::vector<std::uint32_t>& groups, std::int64_t link) {
  const auto at = static_cast<std::uint64_t>(link);
  return at < groups.size() ? groups[at] : 0;
}

std::int64_t month_of(DayNumber day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return std::chrono::sys_days{date.year() / date.month() / 1}.time_since_epoch().count();
}

std::int64_t week_of(DayNumber day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{std::chrono::days{day}}};
  return day - static_cast<std::int64_t>(weekday.iso_encoding()) + 1;
}

}  // namespace

bool asks_only_counts(const SliceQuery& query) {
  const auto counted = [](SliceDimension dimension) {
    return dimension <= SliceDimension::Programme || dimension == SliceDimension::Verdict;
  };
  return std::ranges::all_of(query.by, counted) &&
         std::ranges::all_of(query.filters,
                             [&](const SliceFilter& filter) { return counted(filter.dimension); });
}

ClickSlicer::ClickSlicer(const SliceQuery& query, const LinkGroups& groups)
    : query_(query), groups_(groups) {
  if (query.by.size() > kMostSliceDimensions)
    throw std::invalid_argument("too many dimensions at once");
  for (const SliceDimension dimension : query.by) axes_.push_back({.dimension = dimension});
  lay_out();
}

std::int64_t ClickSlicer::value_of(SliceDimension dimension, DayNumber day,
                                   std::int64_t raw) const {
  switch (dimension) {
    case SliceDimension::Day:
      return day;
    case SliceDimension::Week:
      return week_of(day);
    case SliceDimension::Month:
      return month_of(day);
    case SliceDimension::Merchant:
      return group_of(groups_.merchants, raw);
    case SliceDimension::Network:
      return group_of(groups_.networks, raw);
    case SliceDimension::Programme:
      return group_of(groups_.programmes, raw);
    default:
      return raw;
  }
}

std::uint32_t ClickSlicer::code_of(Axis& axis, std::int64_t value) {
  const auto [at, fresh] =
      axis.code_of.try_emplace(value, static_cast<std::uint32_t>(axis.values.size()));
  if (fresh) {
    axis.values.push_back(value);
    if (axis.values.size() > std::size_t{1} << axis.bits) lay_out();
  }
  return at->second;
}

template <class Use>
void ClickSlicer::each_cell(Use use) const {
  for (std::uint64_t key = 0; key < dense_.size(); ++key)
    if (dense_[key].gross != 0) use(key, dense_[key]);
  for (const auto& [key, cell] : sparse_) use(key, cell);
}

void ClickSlicer::lay_out() {
  std::vector<unsigned> shifts;
  std::vector<std::uint64_t> masks;
  for (const Axis& axis : axes_) {
    shifts.push_back(axis.shift);
    masks.push_back((std::uint64_t{1} << axis.bits) - 1);
  }
  bits_ = 0;
  for (Axis& axis : axes_) {
    axis.bits = std::max(1u, static_cast<unsigned>(
                                 std::bit_width(axis.values.empty() ? 0 : axis.values.size() - 1)));
    axis.shift = bits_;
    bits_ += axis.bits;
  }
  if (bits_ > kMostBits) throw std::length_error("too many different values at once");
  const auto moved = [&](std::uint64_t key) {
    std::uint64_t to = 0;
    for (std::size_t n = 0; n < axes_.size(); ++n)
      to |= ((key >> shifts[n]) & masks[n]) << axes_[n].shift;
    return to;
  };
  const std::vector<Cell> dense = std::move(dense_);
  const auto sparse = std::move(sparse_);
  const auto visitor_days = std::move(visitor_days_);
  dense_.clear();
  sparse_.clear();
  visitor_days_.clear();
  if (bits_ <= kMostDenseBits) dense_.resize(std::size_t{1} << bits_);
  for (std::uint64_t key = 0; key < dense.size(); ++key)
    if (dense[key].gross != 0) cell(moved(key)) = dense[key];
  for (const auto& [key, old] : sparse) cell(moved(key)) = old;
  for (const auto& [key, count] : visitor_days) visitor_days_[moved(key)] = count;
  const auto visits = visits_.take();
  visits_.set_key_bits(bits_);
  for (const auto& [key, visitor] : visits) visits_.add(moved(key), visitor);
}

ClickSlicer::Cell& ClickSlicer::cell(std::uint64_t key) {
  return dense_.empty() ? sparse_[key] : dense_[key];
}

std::uint64_t ClickSlicer::key_of(std::span<const std::uint32_t> codes) const {
  std::uint64_t key = 0;
  for (std::size_t n = 0; n < axes_.size(); ++n) key |= std::uint64_t{codes[n]} << axes_[n].shift;
  return key;
}

std::optional<std::vector<std::uint8_t>> ClickSlicer::find_kept(DayNumber day, std::size_t count,
                                                                const Find& find) const {
  std::optional<std::vector<std::uint8_t>> kept;
  for (const SliceFilter& filter : query_.filters) {
    const auto passes = [&](std::int64_t raw) {
      const std::int64_t value = value_of(filter.dimension, day, raw);
      return std::ranges::find(filter.values, value) != filter.values.end();
    };
    if (is_of_day(filter.dimension)) {
      if (!passes(0)) return std::vector<std::uint8_t>(count);
      continue;
    }
    const Coded& coded = find(column_of(filter.dimension));
    std::vector<std::uint8_t> passing;
    for (const std::int64_t raw : coded.dictionary) passing.push_back(passes(raw) ? 1 : 0);
    if (std::ranges::find(passing, 1) == passing.end()) return std::vector<std::uint8_t>(count);
    if (std::ranges::find(passing, 0) == passing.end()) continue;
    if (!kept) kept.emplace(count, std::uint8_t{1});
    for (std::size_t n = 0; n < count; ++n) (*kept)[n] &= passing[coded.codes[n]];
  }
  return kept;
}

void ClickSlicer::find_keys(DayNumber day, std::size_t count, const Find& find) {
  // All values get their codes before any key is made: a new one may move the others' bits.
  std::vector<std::vector<std::uint32_t>> codes(axes_.size());
  for (std::size_t n = 0; n < axes_.size(); ++n) {
    const SliceDimension dimension = axes_[n].dimension;
    if (is_of_day(dimension)) {
      codes[n] = {code_of(axes_[n], value_of(dimension, day, 0))};
      continue;
    }
    for (const std::int64_t raw : find(column_of(dimension)).dictionary)
      codes[n].push_back(code_of(axes_[n], value_of(dimension, day, raw)));
  }
  keys_.assign(count, 0);
  for (std::size_t n = 0; n < axes_.size(); ++n) {
    std::vector<std::uint64_t> parts;
    for (const std::uint32_t code : codes[n])
      parts.push_back(std::uint64_t{code} << axes_[n].shift);
    if (is_of_day(axes_[n].dimension)) {
      for (std::uint64_t& key : keys_) key |= parts[0];
      continue;
    }
    const Coded& coded = find(column_of(axes_[n].dimension));
    for (std::size_t at = 0; at < count; ++at) keys_[at] |= parts[coded.codes[at]];
  }
}

void ClickSlicer::add_coded(DayNumber day, std::size_t count, const Find& find,
                            const std::vector<std::int64_t>* visitors,
                            std::span<const std::int64_t> weights) {
  if (day < query_.from || day > query_.to) return;
  const auto kept = find_kept(day, count, find);
  if (kept && std::ranges::find(*kept, 1) == kept->end()) return;
  find_keys(day, count, find);
  if (day_ != day) end_day();
  day_ = day;
  const Coded& verdicts = find(ClickColumn::Verdict);
  std::vector<std::int64_t> human;
  for (const std::int64_t verdict : verdicts.dictionary) human.push_back(verdict == kHuman ? 1 : 0);
  // What nearly every question comes to, millions of times: without a branch a click.
  if (!kept && visitors == nullptr && weights.empty() && !dense_.empty()) {
    Cell* const cells = dense_.data();
    for (std::size_t n = 0; n < count; ++n) {
      Cell& counted = cells[keys_[n]];
      ++counted.gross;
      counted.clicks += human[verdicts.codes[n]];
    }
    return;
  }
  for (std::size_t n = 0; n < count; ++n) {
    if (kept && (*kept)[n] == 0) continue;
    Cell& counted = cell(keys_[n]);
    const std::int64_t weight = weights.empty() ? 1 : weights[n];
    counted.gross += weight;
    counted.clicks += weight * human[verdicts.codes[n]];
    if (visitors != nullptr && (*visitors)[n] != 0 && human[verdicts.codes[n]] != 0)
      visits_.add(keys_[n], (*visitors)[n]);
  }
}

void ClickSlicer::add_block(DayNumber day, std::size_t count, const Columns& columns,
                            std::span<const std::int64_t> weights) {
  std::array<std::optional<Coded>, kClickColumnCount> known;
  const Find find = [&](ClickColumn column) -> const Coded& {
    auto& coded = known[static_cast<std::size_t>(column)];
    if (!coded)
      columns(column, [&](const PackedColumn& packed) {
        coded.emplace();
        packed.read_codes(coded->codes);
        coded->dictionary = packed.dictionary();
        // No code of a sound column is above its dictionary; one of an unsound one finds a zero.
        coded->dictionary.resize(std::max(coded->dictionary.size(), packed.code_limit()));
      });
    return *coded;
  };
  std::vector<std::int64_t> visitors;
  if (query_.visitors && weights.empty())
    columns(ClickColumn::Visitor,
            [&](const PackedColumn& packed) { visitors = packed.read().value(); });
  add_coded(day, count, find, visitors.empty() ? nullptr : &visitors, weights);
}

void ClickSlicer::add_rows(DayNumber day, const ClickRows& rows,
                           std::span<const std::int64_t> weights) {
  std::array<std::optional<Coded>, kClickColumnCount> known;
  const Find find = [&](ClickColumn column) -> const Coded& {
    auto& coded = known[static_cast<std::size_t>(column)];
    if (coded) return *coded;
    coded.emplace();
    std::unordered_map<std::int64_t, std::uint32_t> code_of;
    for (const std::int64_t value : rows.of(column)) {
      const auto [at, fresh] =
          code_of.try_emplace(value, static_cast<std::uint32_t>(coded->dictionary.size()));
      if (fresh) coded->dictionary.push_back(value);
      coded->codes.push_back(at->second);
    }
    return *coded;
  };
  const bool visitors = query_.visitors && weights.empty();
  add_coded(day, rows.size(), find, visitors ? &rows.of(ClickColumn::Visitor) : nullptr, weights);
}

void ClickSlicer::add_visitors(DayNumber day, std::int64_t article, std::int64_t visitors) {
  if (day < query_.from || day > query_.to) return;
  for (const SliceFilter& filter : query_.filters) {
    const std::int64_t value = value_of(filter.dimension, day, article);
    if (std::ranges::find(filter.values, value) == filter.values.end()) return;
  }
  std::vector<std::uint32_t> codes;
  for (Axis& axis : axes_) codes.push_back(code_of(axis, value_of(axis.dimension, day, article)));
  visitor_days_[key_of(codes)] += visitors;
}

void ClickSlicer::end_day() {
  for (const auto& [key, readers] : visits_.count()) visitor_days_[key] += readers;
}

void ClickSlicer::merge(ClickSlicer& other) {
  end_day();
  other.end_day();
  const auto here = [&](std::uint64_t key) {
    std::vector<std::uint32_t> codes;
    for (std::size_t n = 0; n < axes_.size(); ++n) {
      const Axis& axis = other.axes_[n];
      const std::uint64_t code = (key >> axis.shift) & ((std::uint64_t{1} << axis.bits) - 1);
      codes.push_back(code_of(axes_[n], axis.values[code]));
    }
    return key_of(codes);
  };
  other.each_cell([&](std::uint64_t key, const Cell& from) {
    Cell& into = cell(here(key));
    into.clicks += from.clicks;
    into.gross += from.gross;
  });
  for (const auto& [key, count] : other.visitor_days_) visitor_days_[here(key)] += count;
}

std::vector<SliceRow> ClickSlicer::rows() {
  end_day();
  std::vector<SliceRow> rows;
  each_cell([&](std::uint64_t key, const Cell& cell) {
    SliceRow row{.keys = {}, .clicks = cell.clicks, .gross_clicks = cell.gross};
    for (const Axis& axis : axes_)
      row.keys.push_back(axis.values[(key >> axis.shift) & ((std::uint64_t{1} << axis.bits) - 1)]);
    if (const auto at = visitor_days_.find(key); at != visitor_days_.end())
      row.visitor_days = at->second;
    rows.push_back(std::move(row));
  });
  std::ranges::sort(rows, {}, &SliceRow::keys);
  return rows;
}

}  // namespace candor::rollup
