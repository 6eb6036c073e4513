-- The row is a link as its owner changed it, unless removed or the new slug is another's. Times in UTC ms.
UPDATE links
SET slug = :slug, destination = :destination, match_url = :match_url, network = :network, merchant = :merchant,
  title = :title, state = :state, updated_at_ms = :updated_at_ms,
  code = :code, starts_at_ms = :starts_at_ms, expires_at_ms = :expires_at_ms, click_cap = :click_cap,
  fallback = :fallback, targeting = :targeting, epoch = (SELECT epoch + 1 FROM link_epoch WHERE id = 1)
WHERE id = :id AND removed = 0
  AND NOT EXISTS (SELECT 1 FROM links AS other WHERE other.slug = :slug AND other.removed = 0 AND other.id <> :id);
