-- A row is a wholly booked commission whose root was matched anew since it took its weights, by id: its event and what was booked. Money in micro-units, times in UTC ms.
SELECT e.id, c.id, c.network, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent,
  (SELECT coalesce(sum(a.commission_micro), 0) FROM allocations AS a WHERE a.commission = c.id),
  (SELECT coalesce(sum(a.sale_micro), 0) FROM allocations AS a WHERE a.commission = c.id)
FROM commissions AS f INDEXED BY commissions_by_root
JOIN matches AS m ON m.commission = f.id
JOIN matches AS r ON r.commission = f.root AND r.version <> m.version
JOIN standing AS c ON c.id = f.id
JOIN commission_events AS e ON e.id = c.event
WHERE f.root <> 0
  AND NOT EXISTS (SELECT 1 FROM unbooked_events AS u
    WHERE u.commission = c.id AND u.event <= (SELECT last_event FROM ledger WHERE id = 1))
ORDER BY f.id
LIMIT :limit;
