-- A row is a commission's oldest event to book, oldest first, with what was booked before. Money in micro-units, times in UTC ms.
SELECT e.id, c.id, c.network, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url,
  (SELECT coalesce(sum(a.commission_micro), 0) FROM allocations AS a WHERE a.commission = c.id),
  (SELECT coalesce(sum(a.sale_micro), 0) FROM allocations AS a WHERE a.commission = c.id)
FROM unbooked_events AS u
JOIN commission_events AS e ON e.id = u.event
JOIN commissions AS c ON c.id = u.commission
WHERE NOT EXISTS (SELECT 1 FROM unbooked_events AS earlier WHERE earlier.commission = u.commission AND earlier.event < u.event)
ORDER BY u.event
LIMIT :limit;
