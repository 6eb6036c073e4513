-- A row is a link that was added, changed or removed (removed is 1) after the epoch :since. Times in UTC ms.
SELECT id, slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting, removed
FROM links
WHERE epoch > :since
LIMIT :limit;
