-- A row is an observation of a commission. Money in micro-units, cumulative; times in UTC ms.
INSERT INTO commission_events (id, commission, import, kind, source, effective, recorded_at_ms, event_at_ms, click_at_ms, "precision",
  status, currency, sale_micro, commission_micro, quantity, sub_id, tag, product, merchant, referring_url, posted_at_ms, order_id, parent)
VALUES (:id, :commission, :import, :kind, :source, :effective, :recorded_at_ms, :event_at_ms, :click_at_ms, :precision,
  :status, :currency, :sale_micro, :commission_micro, :quantity, :sub_id, :tag, :product, :merchant, :referring_url, :posted_at_ms, :order_id,
  :parent);
