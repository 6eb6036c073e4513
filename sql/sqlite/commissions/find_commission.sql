-- The row is the commission with the id as it stands. Money in micro-units, times in UTC ms.
SELECT s.id, s.network, e.kind, s.account, s.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent
FROM standing AS s
JOIN commission_events AS e ON e.id = s.event
WHERE s.id = :id;
