-- A row is what an article got of a network's commissions since :from_ms in a currency, reversed ones left out. Micro-units; times in UTC ms.
SELECT a.article, e.currency, sum(a.commission_micro)
FROM standing AS s
JOIN commission_events AS e ON e.id = s.event
JOIN allocations AS a ON a.commission = s.id
WHERE s.network = :network AND e.event_at_ms >= :from_ms AND e.status <> 2 AND a.article <> 0
GROUP BY a.article, e.currency
ORDER BY a.article, e.currency;
