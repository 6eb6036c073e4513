-- The row is the link with the slug, unless removed. Times in UTC ms.
SELECT id, slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting
FROM links
WHERE slug = :slug AND removed = 0;
