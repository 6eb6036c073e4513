-- A row is one weight of a commission as it stood at :as_of_ms, by commission and weight; article and tier null: not matched then. Event in [:from_ms, :to_ms).
WITH stood AS (
  SELECT e.commission, e.event_at_ms, c.network, e.merchant, e.currency, e.status,
    iif(e.status = 2 AND e.quantity > 0, 0, e.quantity) AS quantity,
    (SELECT p.id FROM past_matches AS p
    WHERE p.commission = e.commission AND p.replaced_at_ms > :as_of_ms AND p.decided_at_ms <= :as_of_ms
    ORDER BY p.replaced_at_ms, p.id LIMIT 1) AS past,
    (SELECT m.tier FROM matches AS m WHERE m.commission = e.commission AND m.decided_at_ms <= :as_of_ms) AS tier
  FROM commission_events AS e
  JOIN commissions AS c ON c.id = e.commission
  WHERE e.effective = 1
    AND e.id = (SELECT max(x.id) FROM commission_events AS x
      WHERE x.commission = e.commission AND x.effective = 1 AND x.recorded_at_ms <= :as_of_ms
        AND x.id <= (SELECT last_event FROM ledger WHERE id = 1))
    AND e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
)
SELECT s.commission, w.article, w.link, w.click, w.weight, s.event_at_ms, s.network, s.merchant, s.currency, s.status,
  s.quantity, p.tier, w.position
FROM stood AS s
JOIN past_matches AS p ON p.id = s.past
LEFT JOIN past_weights AS w ON w.past_match = s.past
UNION ALL
SELECT s.commission, w.article, w.link, w.click, w.weight, s.event_at_ms, s.network, s.merchant, s.currency, s.status,
  s.quantity, s.tier, w.position
FROM stood AS s
LEFT JOIN match_weights AS w ON w.commission = s.commission AND s.tier IS NOT NULL
WHERE s.past IS NULL
ORDER BY 1, 13;
