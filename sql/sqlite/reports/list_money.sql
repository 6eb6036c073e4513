-- A row is one weight of a commission, by commission and weight; article and tier null: not matched yet. Standing event in [:from_ms, :to_ms).
SELECT c.id, w.article, w.link, w.click, w.weight, e.event_at_ms, c.network, e.merchant, e.currency, e.status,
  iif(e.status = 2 AND e.quantity > 0, 0, e.quantity), m.tier
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
LEFT JOIN matches AS m ON m.commission = c.id
LEFT JOIN match_weights AS w ON w.commission = c.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
ORDER BY c.id, w.position;
