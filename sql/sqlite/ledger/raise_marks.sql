-- The row says up to where events and commissions are published.
UPDATE ledger
SET last_event = :last_event, last_commission = :last_commission
WHERE id = 1;
