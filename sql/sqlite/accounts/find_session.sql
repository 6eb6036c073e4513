-- The row is a login, by its token's hash. Times in UTC ms.
SELECT token_hash, user, created_at_ms, seen_at_ms, by_link, address, agent
FROM sessions
WHERE token_hash = :token_hash;
