-- The row is the commission with an id, staged or published: its scope and day, its id, event, kind and source, then its latest observation. Money in micro-units, times in UTC ms.
SELECT c.scope, c.day, c.id, coalesce(e.id, 0), e.kind, e.source, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent
FROM commissions AS c
LEFT JOIN commission_events AS e ON e.id = iif(c.next_event <> 0, c.next_event, c.latest_event)
WHERE c.id = :id;
