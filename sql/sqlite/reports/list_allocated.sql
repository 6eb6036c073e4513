-- A row is what a commission credited to an article and link, by commission. Standing event in [:from_ms, :to_ms). Micro-units.
SELECT c.id, a.article, a.link, sum(a.commission_micro), sum(a.sale_micro)
FROM commission_events AS e
JOIN standing AS c ON c.id = e.commission AND c.event = e.id
JOIN allocations AS a ON a.commission = c.id
WHERE e.event_at_ms >= :from_ms AND e.event_at_ms < :to_ms
GROUP BY c.id, a.article, a.link
ORDER BY c.id, a.article, a.link;
