-- A row is a link that is not removed, with a slug above :after, by slug. Times in UTC ms.
SELECT id, slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting
FROM links
WHERE slug > :after AND removed = 0
ORDER BY slug
LIMIT :limit;
