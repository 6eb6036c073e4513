-- The row is an observation. Money in micro-units, times in UTC ms.
SELECT c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent
FROM commission_events AS e
JOIN commissions AS c ON c.id = e.commission
WHERE e.id = :event;
