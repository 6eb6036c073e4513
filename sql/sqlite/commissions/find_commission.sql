-- The row is the commission with the id as last observed. Money in micro-units, times in UTC ms.
SELECT c.id, c.network, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url
FROM commissions AS c
JOIN commission_events AS e ON e.id = c.latest_event
WHERE c.id = :id;
