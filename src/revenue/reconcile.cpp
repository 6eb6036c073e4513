#include "revenue/reconcile.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "base/ascii.h"
#include "revenue/money.h"

namespace candor {
namespace {

enum Column : std::size_t { kNetwork, kAccount, kCurrency, kAmount, kPeriod, kColumns };
constexpr std::array<std::string_view, kColumns> kNames{"network", "account", "currency", "amount",
                                                        "period"};

/// The cells of a line; quotes around a cell may hold commas, and "" is one of them.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
      cells.back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (std::string& cell : cells) cell = std::string(ascii::trim(cell));
  return cells;
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return ascii::trim(line);
}

bool is_month(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return text.size() == 7 && digit(0) && digit(1) && digit(2) && digit(3) && text[4] == '-' &&
         digit(5) && digit(6) && text.substr(5) >= "01" && text.substr(5) <= "12";
}

using Places = std::array<std::optional<std::size_t>, kColumns>;

struct LineReader {
  const Places& places;
  const std::vector<std::string>& cells;

  std::string cell(Column column) const {
    const auto at = places[column];
    return at && *at < cells.size() ? cells[*at] : std::string();
  }
};

Result<StatementLine, RowError> read_line(const LineReader& line, std::int64_t number) {
  const auto bad = [&](Column column, const char* reason) {
    return std::unexpected(
        RowError{number, std::string(kNames[column]), reason, line.cell(column)});
  };
  StatementLine read{.network = line.cell(kNetwork),
                     .account = line.cell(kAccount),
                     .currency = {},
                     .period = line.cell(kPeriod)};
  if (read.network.empty()) return bad(kNetwork, "empty");
  const auto currency = find_currency(line.cell(kCurrency));
  if (!currency) return bad(kCurrency, "not a currency code as EUR (ISO 4217)");
  read.currency = *currency;
  const auto micro = parse_micro_units(line.cell(kAmount));
  if (!micro) return bad(kAmount, "not an amount like 1250.00");
  read.micro = *micro;
  if (!is_month(read.period)) return bad(kPeriod, "not a month like 2026-03");
  return read;
}

}  // namespace

Result<StatementFile, std::string> read_statement(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto header = cells_of(take_line(text));
  Places places;
  for (std::size_t i = 0; i < header.size(); ++i)
    for (std::size_t column = 0; column < kColumns; ++column)
      if (ascii::equals_ignoring_case(header[i], kNames[column])) places[column] = i;
  for (std::size_t column = 0; column < kColumns; ++column)
    if (!places[column] && column != kAccount)
      return std::unexpected("the column \"" + std::string(kNames[column]) +
                             "\" is missing; the header is network,account,currency,amount,period");
  StatementFile file;
  for (std::int64_t number = 2; !text.empty(); ++number) {
    const std::string_view line = take_line(text);
    if (line.empty()) continue;
    const auto cells = cells_of(line);
    if (auto read = read_line({places, cells}, number))
      file.lines.push_back(std::move(*read));
    else
      file.errors.push_back(std::move(read.error()));
  }
  return file;
}

std::vector<ReconciledLine> reconcile(std::span<const StatementLine> statement,
                                      std::span<const LedgerLine> ledger) {
  using Key = std::tuple<std::string, std::string, std::string, std::string>;
  std::map<Key, ReconciledLine> all;
  const auto key_of = [](const auto& line, const std::string& account) {
    return Key(line.network, account, std::string(line.currency.text()), line.period);
  };
  for (const StatementLine& line : statement) {
    ReconciledLine& found = all[key_of(line, line.account)];
    const std::int64_t before = found.statement.micro;
    found.statement = line;
    found.statement.micro += before;
  }
  const auto is_spoken_of = [&](const LedgerLine& line) {
    return std::ranges::any_of(statement, [&](const StatementLine& stated) {
      return stated.network == line.network && stated.period == line.period;
    });
  };
  for (const LedgerLine& line : ledger) {
    if (line.status != CommissionStatus::Approved && line.status != CommissionStatus::Paid)
      continue;
    if (line.imported_micro == 0 || !is_spoken_of(line)) continue;
    auto at = all.find(key_of(line, line.account));
    if (at == all.end() || !at->second.stated) {
      const auto whole = all.find(key_of(line, std::string()));
      if (whole != all.end() && whole->second.stated) at = whole;
    }
    if (at == all.end()) {
      ReconciledLine unstated{
          .statement = {line.network, line.account, line.currency, line.period, 0},
          .stated = false};
      at = all.emplace(key_of(line, line.account), std::move(unstated)).first;
    }
    at->second.ledger_micro += line.imported_micro;
  }
  std::vector<ReconciledLine> lines;
  for (auto& [key, line] : all) lines.push_back(std::move(line));
  return lines;
}

}  // namespace candor
