-- Whoever packs days sees that money has changed since.
UPDATE ledger SET money_changes = money_changes + 1 WHERE id = 1;
