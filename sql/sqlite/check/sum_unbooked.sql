-- A row sums what waits to be booked, by network, account, currency, status and quarter of an hour, in [:from_ms, :to_ms). Micro-units.
SELECT c.network, c.account, e.currency, e.status, e.event_at_ms / 900000,
  sum(e.commission_micro - coalesce((
    SELECT booked.commission_micro
    FROM commission_events AS booked
    WHERE booked.commission = c.id AND booked.effective = 1
      AND booked.id < (SELECT min(first.event) FROM unbooked_events AS first WHERE first.commission = c.id)
    ORDER BY booked.id DESC
    LIMIT 1), 0))
FROM (SELECT DISTINCT commission FROM unbooked_events WHERE event <= (SELECT last_event FROM ledger WHERE id = 1)) AS u
CROSS JOIN standing AS c ON c.id = u.commission
CROSS JOIN commission_events AS e ON e.id = c.event
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY 1, 2, 3, 4, 5;
