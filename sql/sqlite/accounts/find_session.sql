-- The row is a login, by its token's hash. Times in UTC ms.
SELECT token_hash, created_at_ms, seen_at_ms
FROM sessions
WHERE token_hash = :token_hash;
