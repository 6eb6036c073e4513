-- A row is a row of the slice whose commission is known, staged or published, in the slice's order: its position, then as commissions/find_latest. Money in micro-units, times in UTC ms.
SELECT r.position, c.id, coalesce(e.id, 0), e.kind, e.source, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent
FROM slice_rows AS r
CROSS JOIN commissions AS c ON c.network = :network AND c.account = r.account AND c.identity = r.identity
LEFT JOIN commission_events AS e ON e.id = iif(c.next_event <> 0, c.next_event, c.latest_event);
