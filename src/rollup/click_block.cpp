#include "rollup/click_block.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

namespace candor::rollup {
namespace {

constexpr std::array<std::string_view, kClickColumnCount> kNames{
    "id",        "link",     "article",    "placement", "visitor", "verdict",
    "reason",    "referrer", "user_agent", "country",   "device",  "os",
    "asn_class", "language", "variant",    "kind",      "skew_ms"};

/// Random numbers below a limit, each as likely: what would favour small ones is thrown away.
class Dice {
 public:
  explicit Dice(Random& random) : random_(random) {}
  std::uint32_t below(std::uint32_t limit) {
    const std::uint32_t unfair = (~limit + 1) % limit;  // 2^32 mod limit
    for (;;) {
      const std::uint32_t number = next();
      if (number >= unfair) return number % limit;
    }
  }

 private:
  std::uint32_t next() {
    if (at_ == numbers_.size()) {
      random_.fill(std::as_writable_bytes(std::span(numbers_)));
      at_ = 0;
    }
    return numbers_[at_++];
  }

  Random& random_;
  std::array<std::uint32_t, 1024> numbers_{};
  std::size_t at_ = numbers_.size();
};

}  // namespace

std::string_view name_of(ClickColumn column) { return kNames[static_cast<std::size_t>(column)]; }

std::string pack_column(ClickColumn column, std::span<const std::int64_t> values,
                        std::uint64_t block) {
  const std::uint64_t place = place_of(block, column);
  switch (column) {
    case ClickColumn::Id:
      return pack_ascending(values, place);
    case ClickColumn::Visitor:
      return pack_ordinals(values, place);
    default:
      return pack_codes(values, place);
  }
}

PackedClicks pack_clicks(const ClickRows& rows, std::uint64_t block) {
  if (rows.size() > kMostBlockClicks) throw std::logic_error("too many clicks for a block");
  PackedClicks packed;
  for (std::size_t n = 0; n < kClickColumnCount; ++n) {
    if (rows.columns[n].size() != rows.size())
      throw std::logic_error("columns of clicks have different lengths");
    packed[n] = pack_column(static_cast<ClickColumn>(n), rows.columns[n], block);
  }
  return packed;
}

Result<ClickRows, std::string> unpack_clicks(const PackedClicks& packed, std::uint64_t block) {
  ClickRows rows;
  for (std::size_t n = 0; n < kClickColumnCount; ++n) {
    const auto column = static_cast<ClickColumn>(n);
    const auto damaged = [column](const std::string& reason) {
      return std::unexpected("its column " + std::string(name_of(column)) +
                             " is damaged: " + reason);
    };
    const auto opened = PackedColumn::open(packed[n], place_of(block, column));
    if (!opened) return damaged(opened.error());
    auto values = opened->read();
    if (!values) return damaged(values.error());
    if (n > 0 && values->size() != rows.size()) return damaged("it has another number of clicks");
    rows.columns[n] = std::move(*values);
  }
  return rows;
}

VisitorOrdinals::VisitorOrdinals(std::vector<std::int64_t> visitors, Random& random)
    : visitors_(std::move(visitors)) {
  std::ranges::sort(visitors_);
  const auto [end, last] = std::ranges::unique(visitors_);
  visitors_.erase(end, last);
  std::erase(visitors_, 0);
  ordinals_.resize(visitors_.size());
  std::iota(ordinals_.begin(), ordinals_.end(), 1u);
  Dice dice(random);
  for (std::size_t left = ordinals_.size(); left > 1; --left)
    std::swap(ordinals_[left - 1], ordinals_[dice.below(static_cast<std::uint32_t>(left))]);
}

std::optional<std::int64_t> VisitorOrdinals::find(std::int64_t visitor) const {
  if (visitor == 0) return 0;
  const auto at = std::ranges::lower_bound(visitors_, visitor);
  if (at == visitors_.end() || *at != visitor) return std::nullopt;
  return ordinals_[static_cast<std::size_t>(at - visitors_.begin())];
}

}  // namespace candor::rollup
