-- A row is a wholly booked commission above id :after, by id, with a sub-id or tag of which a rule changed: its event and what was booked. Money in micro-units, times in UTC ms.
SELECT e.id, c.id, c.network, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent,
  (SELECT coalesce(sum(a.commission_micro), 0) FROM allocations AS a WHERE a.commission = c.id),
  (SELECT coalesce(sum(a.sale_micro), 0) FROM allocations AS a WHERE a.commission = c.id)
FROM matches AS m
JOIN standing AS c ON c.id = m.commission
JOIN commission_events AS e ON e.id = c.event
WHERE m.commission > :after
  AND EXISTS (SELECT 1 FROM commission_events AS x
    WHERE x.commission = m.commission AND (x.sub_id IN (SELECT text FROM changed_labels WHERE kind = 'sub-id')
      OR x.tag IN (SELECT text FROM changed_labels WHERE kind = 'tag')))
  AND NOT EXISTS (SELECT 1 FROM unbooked_events AS u
    WHERE u.commission = c.id AND u.event <= (SELECT last_event FROM ledger WHERE id = 1))
ORDER BY m.commission
LIMIT :limit;
