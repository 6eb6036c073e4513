-- A row is what was heard or decided of a commission, oldest first. Money in micro-units, times in UTC ms.
SELECT e.id, e.kind, e.effective, e.recorded_at_ms, e.import, i.file_name, i.undone_at_ms, c.account, c.identity, e.event_at_ms, e.click_at_ms, e."precision", e.status, e.currency, e.sale_micro,
  e.commission_micro, e.quantity, e.sub_id, e.tag, e.product, e.merchant, e.referring_url, e.posted_at_ms, e.order_id, e.parent
FROM commission_events AS e
JOIN commissions AS c ON c.id = e.commission
JOIN imports AS i ON i.id = e.import
WHERE e.commission = :commission AND e.id <= (SELECT last_event FROM ledger WHERE id = 1)
ORDER BY e.id;
