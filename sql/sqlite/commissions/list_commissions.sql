-- A row is a commission as it stands, newest event first, without withdrawn ones. Money in micro-units, times in UTC ms.
SELECT s.id, s.network, e.kind, s.account, s.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent
FROM commission_events AS e
JOIN standing AS s ON s.id = e.commission AND s.event = e.id
WHERE e.kind <> 2
ORDER BY e.event_at_ms DESC, s.id DESC
LIMIT :limit;
