-- A row is a commission's oldest event to book, oldest first, with what was booked before; of those that share a parent one at a time. Money in micro-units, times in UTC ms.
SELECT e.id, c.id, c.network, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent,
  (SELECT coalesce(sum(a.commission_micro), 0) FROM allocations AS a WHERE a.commission = c.id),
  (SELECT coalesce(sum(a.sale_micro), 0) FROM allocations AS a WHERE a.commission = c.id)
FROM unbooked_events AS u
JOIN commission_events AS e ON e.id = u.event
JOIN commissions AS c ON c.id = u.commission
WHERE u.event <= (SELECT last_event FROM ledger WHERE id = 1)
  AND NOT EXISTS (SELECT 1 FROM unbooked_events AS earlier WHERE earlier.commission = u.commission AND earlier.event < u.event)
  AND (e.parent = '' OR NOT EXISTS (
    SELECT 1
    FROM commissions AS p
    JOIN unbooked_events AS w ON w.commission = p.id
    JOIN commission_events AS o ON o.id = w.event
    WHERE p.network = c.network AND p.account = c.account AND p.identity = e.parent AND p.id <> c.id
      AND w.event <= (SELECT last_event FROM ledger WHERE id = 1) AND o.parent = ''))
  AND (e.parent = '' OR NOT EXISTS (
    SELECT 1
    FROM commission_events AS o
    JOIN unbooked_events AS w ON w.event = o.id
    JOIN commissions AS p ON p.id = o.commission
    WHERE o.parent = e.parent AND o.parent <> '' AND o.id < e.id AND p.network = c.network AND p.account = c.account))
ORDER BY u.event
LIMIT :limit;
