-- A row is one article's part of a commission's orders, by commission and weight; article null: not matched. Standing event in [:from_ms, :to_ms).
SELECT c.id, e.currency, iif(e.status = 2 AND e.quantity > 0, 0, e.quantity), m.tier = 5, w.article, w.weight
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
LEFT JOIN matches AS m ON m.commission = c.id
LEFT JOIN match_weights AS w ON w.commission = c.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
ORDER BY c.id, w.position;
