-- A row sums, in a currency and status, what the events that stood at :as_of_ms say beyond the last ones booked by then, in [:from_ms, :to_ms). Micro-units.
SELECT e.currency, e.status,
  sum(e.commission_micro - coalesce((
    SELECT booked.commission_micro
    FROM allocations AS a
    JOIN commission_events AS booked ON booked.id = a.event
    WHERE a.commission = e.commission AND a.booked_at_ms <= :as_of_ms
    ORDER BY a.event DESC
    LIMIT 1), 0))
FROM commission_events AS e
WHERE e.effective = 1
  AND e.id = (SELECT max(x.id) FROM commission_events AS x
    WHERE x.commission = e.commission AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
      AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
  AND e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY e.currency, e.status
ORDER BY e.currency, e.status;
