-- A row is a login, the last seen first. Times in UTC ms.
SELECT token_hash, user, created_at_ms, seen_at_ms, by_link, address, agent
FROM sessions
ORDER BY seen_at_ms DESC, token_hash;
