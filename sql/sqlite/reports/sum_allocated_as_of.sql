-- A row sums what an article was credited by :as_of_ms in a currency and status, by the events that stood then, in [:from_ms, :to_ms). Micro-units.
SELECT a.article, coalesce((SELECT p.tier FROM past_matches AS p
    WHERE p.commission = e.commission AND p.replaced_at_ms > :as_of_ms AND p.decided_at_ms <= :as_of_ms
    ORDER BY p.replaced_at_ms, p.id LIMIT 1), m.tier) = 5, e.currency, e.status, sum(a.commission_micro)
FROM commission_events AS e
JOIN matches AS m ON m.commission = e.commission
JOIN allocations AS a ON a.commission = e.commission AND a.booked_at_ms <= :as_of_ms
WHERE e.effective = 1
  AND e.id = (SELECT max(x.id) FROM commission_events AS x
    WHERE x.commission = e.commission AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
      AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
  AND e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY 1, 2, 3, 4
ORDER BY 1, 3, 4;
