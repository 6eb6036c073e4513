-- A row is an observation of a commission, a row of the slice. Money in micro-units, cumulative; times in UTC ms.
INSERT INTO commission_events (id, commission, import, kind, source, effective, recorded_at_ms, event_at_ms, click_at_ms, "precision",
  status, currency, sale_micro, commission_micro, quantity, sub_id, tag, product, merchant, referring_url, posted_at_ms, order_id, parent)
SELECT r.event, r.commission, :import, 0, 0, r.effective, :recorded_at_ms, r.event_at_ms, r.click_at_ms, r."precision",
  r.status, r.currency, r.sale_micro, r.commission_micro, r.quantity, r.sub_id, r.tag, r.product, r.merchant, r.referring_url,
  r.posted_at_ms, r.order_id, r.parent
FROM slice_rows AS r;
