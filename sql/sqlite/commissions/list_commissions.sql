-- A row is a commission as last observed, newest event first. Money in micro-units, times in UTC ms.
SELECT c.id, c.network, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url
FROM commission_events AS e
JOIN commissions AS c ON c.id = e.commission AND c.latest_event = e.id
ORDER BY e.event_at_ms DESC, c.id DESC
LIMIT :limit;
