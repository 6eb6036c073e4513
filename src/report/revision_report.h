#pragma once
// What an article earned in the days before and after each of its changes.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/figures.h"

namespace candor::report {

/// Whole days beside a change, that day left out: it has both texts.
struct RevisionSide {
  std::string from_day;   ///< inclusive; empty: no day of it is over
  std::string to_day;     ///< inclusive
  std::int64_t days = 0;  ///< fewer than asked where the days to come are missing
  Figures figures{};      ///< views: nothing when not known on any of the days
};

enum class RevisionKind : std::uint8_t { Page, Link };

struct RevisionRow {
  RevisionKind kind = RevisionKind::Page;
  std::string day;
  std::int64_t at_ms = 0;
  std::string what;  ///< "2 links added; verdict pass", "link kettle: destination"
  RevisionSide before{};
  RevisionSide after{};
  std::int64_t others = 0;  ///< further changes on the days of both sides
};

struct RevisionReport {
  std::string path;
  std::string title;
  std::string zone;
  bool demo = false;
  std::int32_t days = 14;           ///< each side
  std::string views_since{};        ///< empty: views are not counted
  std::vector<RevisionRow> rows{};  ///< newest first
};

/// JSON (schema "candor.report.revisions/1"), CSV (a line for each revision, side and currency,
/// formula-guarded), an aligned table.
std::string to_json(const RevisionReport& report);
std::string to_csv(const RevisionReport& report);
std::string to_table(const RevisionReport& report);

}  // namespace candor::report
