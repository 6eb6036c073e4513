-- The row is the commission whose weights a commission shares: its root, the first of its event's family, or the one its event names as parent.
SELECT iif(c.root <> 0, c.root, coalesce(f.root, iif(p.root <> 0, p.root, p.id)))
FROM commissions AS c
JOIN commission_events AS e ON e.id = :event
LEFT JOIN families AS f ON f.network = c.network AND f.account = c.account AND f.parent = e.parent AND e.parent <> ''
LEFT JOIN commissions AS p ON p.network = c.network AND p.account = c.account AND p.identity = e.parent AND e.parent <> '' AND p.id <> c.id
WHERE c.id = :commission AND (c.root <> 0 OR f.root IS NOT NULL OR p.id IS NOT NULL);
