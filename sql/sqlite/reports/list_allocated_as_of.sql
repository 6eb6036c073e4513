-- A row is what a commission had credited to an article and link by :as_of_ms, by commission. Event that stood then in [:from_ms, :to_ms). Micro-units.
SELECT e.commission, a.article, a.link, sum(a.commission_micro), sum(a.sale_micro)
FROM commission_events AS e
JOIN allocations AS a ON a.commission = e.commission AND a.booked_at_ms <= :as_of_ms
WHERE e.effective = 1
  AND e.id = (SELECT max(x.id) FROM commission_events AS x
    WHERE x.commission = e.commission AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
      AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
  AND e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY e.commission, a.article, a.link
ORDER BY e.commission, a.article, a.link;
