-- A row is what a commission's event that stood at :as_of_ms says beyond the last one booked by then, in [:from_ms, :to_ms). Micro-units.
SELECT e.event_at_ms, c.network, e.merchant, e.currency, e.status,
  e.commission_micro - coalesce(b.commission_micro, 0), e.sale_micro - coalesce(b.sale_micro, 0)
FROM commission_events AS e
JOIN commissions AS c ON c.id = e.commission
LEFT JOIN commission_events AS b ON b.id = (
  SELECT max(a.event) FROM allocations AS a WHERE a.commission = e.commission AND a.booked_at_ms <= :as_of_ms)
WHERE e.effective = 1
  AND e.id = (SELECT max(x.id) FROM commission_events AS x
    WHERE x.commission = e.commission AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
      AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
  AND e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms;
