-- A row sums, in a currency and status, the commissions by the events that stood at :as_of_ms, in [:from_ms, :to_ms). Micro-units; orders without reversed ones.
SELECT e.currency, e.status, sum(e.commission_micro),
  sum(iif(e.status = 2 AND e.quantity > 0, 0, e.quantity))
FROM commission_events AS e
WHERE e.effective = 1
  AND e.id = (SELECT max(x.id) FROM commission_events AS x
    WHERE x.commission = e.commission AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
      AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
  AND e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY e.currency, e.status
ORDER BY e.currency, e.status;
