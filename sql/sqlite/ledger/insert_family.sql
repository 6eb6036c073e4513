-- A row is the commission that was booked first of those that share its event's parent; when there is none yet.
INSERT OR IGNORE INTO families (network, account, parent, root)
SELECT c.network, c.account, e.parent, c.id
FROM commissions AS c
JOIN commission_events AS e ON e.id = :event
WHERE c.id = :commission AND e.parent <> '';
