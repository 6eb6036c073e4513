-- The row is the commission with an identity at the network: its id, then its latest observation. Money in micro-units, times in UTC ms.
SELECT c.id, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url
FROM commissions AS c
JOIN commission_events AS e ON e.id = c.latest_event
WHERE c.network = :network AND c.account = :account AND c.identity = :identity;
