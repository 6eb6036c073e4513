-- A row is a link that is not removed, of an id above :after, by id. Times in UTC ms.
SELECT id, slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting
FROM links
WHERE id > :after AND removed = 0
ORDER BY id
LIMIT :limit;
