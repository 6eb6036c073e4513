-- The money of days as columns, for reports to read (sqlite/money_days.h has the bytes). Derived: whatever changes the money of
-- a day takes its row away, and reports read the commissions themselves until it is packed anew.

-- One local day, in the zone it was cut in.
CREATE TABLE money_days (
  from_ms INTEGER PRIMARY KEY,
  to_ms INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;

-- Counts what takes rows of money_days away.
ALTER TABLE ledger ADD COLUMN money_changes INTEGER NOT NULL DEFAULT 0;
