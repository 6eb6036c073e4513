-- The row is how often money of days has changed.
SELECT money_changes FROM ledger WHERE id = 1;
