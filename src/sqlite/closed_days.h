#pragma once
// What writers of clicks do about days that are closed. Inside of a transaction.
#include "rollup/site_zone.h"
#include "sqlite/database.h"

namespace candor::sqlite {

/// The day gets a click or another verdict: its counts are no longer the last word.
void reopen_day(Writer& writer, rollup::DayNumber day);

/// Deletes what is left of rows whose clicks are in blocks.
void finish_removal(Connection& connection);

}  // namespace candor::sqlite
