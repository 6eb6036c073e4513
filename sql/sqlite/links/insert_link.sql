-- A row is a new link; a taken slug inserts nothing. Times in UTC ms.
INSERT INTO links (slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms)
VALUES (:slug, :destination, :match_url, :network, :merchant, :title, :state, :created_at_ms, :updated_at_ms)
ON CONFLICT (slug) WHERE removed = 0 DO NOTHING;
