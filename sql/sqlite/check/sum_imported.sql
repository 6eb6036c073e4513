-- A row sums what was observed, by network, account, currency, status and quarter of an hour, in [:from_ms, :to_ms). Micro-units.
SELECT c.network, c.account, e.currency, e.status, e.event_at_ms / 900000, sum(e.commission_micro)
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY 1, 2, 3, 4, 5;
