-- A row sums what an article was credited in a currency and status, by the commissions' standing event in [:from_ms, :to_ms). Micro-units.
SELECT a.article, m.tier = 5, e.currency, e.status, sum(a.commission_micro)
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
JOIN matches AS m ON m.commission = c.id
JOIN allocations AS a ON a.commission = c.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY a.article, m.tier = 5, e.currency, e.status
ORDER BY a.article, e.currency, e.status;
