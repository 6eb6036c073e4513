-- A row is what a commission's standing observation says beyond the last booked one, in [:from_ms, :to_ms). Micro-units.
SELECT e.event_at_ms, c.network, e.merchant, e.currency, e.status,
  e.commission_micro - coalesce(b.commission_micro, 0), e.sale_micro - coalesce(b.sale_micro, 0)
FROM (
  SELECT commission, min(event) AS first
  FROM unbooked_events
  WHERE event <= (SELECT last_event FROM ledger WHERE id = 1)
  GROUP BY commission) AS u
CROSS JOIN standing AS c ON c.id = u.commission
CROSS JOIN commission_events AS e ON e.id = c.event
LEFT JOIN commission_events AS b ON b.id = (
  SELECT max(x.id) FROM commission_events AS x WHERE x.commission = c.id AND x.effective = 1 AND x.id < u.first)
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms;
