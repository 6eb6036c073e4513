#include "report/convert.h"

#include <algorithm>

namespace candor::report {
namespace {

void add(std::map<Currency, ImportedLine>& lines, const MoneyPart& part) {
  ImportedLine& line = lines[part.currency];
  line.currency = part.currency;
  line.micro_by_status[static_cast<std::size_t>(part.status)] += part.commission_micro;
  line.orders += part.orders;
}

}  // namespace

void PartConverter::keep(const MoneyPart& part) {
  const auto [at, is_new] =
      unconverted_.try_emplace(part.currency, Unconverted{part.day, part.day, 0});
  at->second.from = std::min(at->second.from, part.day);
  at->second.to = std::max(at->second.to, part.day);
  at->second.micro_units += part.commission_micro;
}

MoneyPart PartConverter::convert(const MoneyPart& part) {
  add(native_, part);
  MoneyPart told = part;
  if (part.currency != to_) {
    Running& running = running_[{part.day, part.currency, part.status}];
    running.commission.currency = running.sale.currency = part.currency;
    Money commission = running.commission;
    Money sale = running.sale;
    const bool too_large =
        __builtin_add_overflow(commission.micro_units, part.commission_micro,
                               &commission.micro_units) ||
        __builtin_add_overflow(sale.micro_units, part.sale_micro, &sale.micro_units);
    const auto now = too_large ? std::nullopt : rates_.convert(commission, to_, part.day);
    const auto sale_now = now ? rates_.convert(sale, to_, part.day) : std::nullopt;
    if (now && sale_now) {
      told.currency = to_;
      told.commission_micro = now->money.micro_units - running.commission_converted;
      told.sale_micro = sale_now->money.micro_units - running.sale_converted;
      running = {commission, sale, now->money.micro_units, sale_now->money.micro_units};
      for (const std::int64_t id : {now->from_rate, now->to_rate})
        if (id != 0) used_.insert(id);
    } else {
      keep(part);
    }
  }
  add(converted_, told);
  return told;
}

std::vector<ImportedLine> PartConverter::convert_imported(
    const std::vector<ImportedLine>& imported) const {
  std::map<Currency, ImportedLine> lines = converted_;
  const auto add_difference = [&](const ImportedLine& from) {
    const auto native = native_.find(from.currency);
    const ImportedLine none{.currency = from.currency};
    const ImportedLine& parts = native == native_.end() ? none : native->second;
    ImportedLine& line = lines[from.currency];
    line.currency = from.currency;
    for (std::size_t i = 0; i < line.micro_by_status.size(); ++i)
      line.micro_by_status[i] += from.micro_by_status[i] - parts.micro_by_status[i];
  };
  for (const ImportedLine& line : imported) add_difference(line);
  for (const auto& [currency, parts] : native_)
    if (std::ranges::find(imported, currency, &ImportedLine::currency) == imported.end())
      add_difference({.currency = currency});
  std::vector<ImportedLine> all;
  for (const auto& [currency, line] : lines)
    if (line.orders != 0 || line.micro_by_status != ImportedLine{}.micro_by_status)
      all.push_back(line);
  return all;
}

}  // namespace candor::report
