-- A row is a new link; a taken slug inserts nothing. Times in UTC ms.
INSERT INTO links (slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting)
VALUES (:slug, :destination, :match_url, :network, :merchant, :title, :state, :created_at_ms, :updated_at_ms,
  :code, :starts_at_ms, :expires_at_ms, :click_cap, :fallback, :targeting)
ON CONFLICT (slug) WHERE removed = 0 DO NOTHING;
