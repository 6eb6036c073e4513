-- A row sums, in a currency and status, the commissions whose standing event lies in [:from_ms, :to_ms). Micro-units; orders without reversed ones.
SELECT e.currency, e.status, sum(e.commission_micro),
  sum(iif(e.status = 2 AND e.quantity > 0, 0, e.quantity))
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY e.currency, e.status
ORDER BY e.currency, e.status;
