-- A row is a new link, of the epoch that is raised next; a taken slug inserts nothing. Times in UTC ms.
INSERT INTO links (slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting, epoch)
VALUES (:slug, :destination, :match_url, :network, :merchant, :title, :state, :created_at_ms, :updated_at_ms,
  :code, :starts_at_ms, :expires_at_ms, :click_cap, :fallback, :targeting,
  (SELECT epoch + 1 FROM link_epoch WHERE id = 1))
ON CONFLICT (slug) WHERE removed = 0 DO NOTHING;
