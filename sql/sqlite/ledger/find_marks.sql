-- The row says up to where events and commissions are published.
SELECT last_event, last_commission
FROM ledger
WHERE id = 1;
