-- A row sums what was booked, by network, account, currency, status and quarter of an hour: to articles, and to none. Micro-units.
SELECT c.network, c.account, e.currency, e.status, e.event_at_ms / 900000,
  sum(iif(m.tier = 5 AND a.article = 0, 0, a.commission_micro)), sum(iif(m.tier = 5 AND a.article = 0, a.commission_micro, 0))
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
JOIN matches AS m ON m.commission = c.id
JOIN allocations AS a ON a.commission = c.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY 1, 2, 3, 4, 5;
