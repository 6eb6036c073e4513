-- A row is a link that is not removed, by slug; disabled ones only when :include_disabled is 1. Times in UTC ms.
SELECT id, slug, destination, match_url, network, merchant, title, state, created_at_ms, updated_at_ms,
  code, starts_at_ms, expires_at_ms, click_cap, fallback, targeting
FROM links
WHERE removed = 0 AND (state = 0 OR :include_disabled)
ORDER BY slug;
