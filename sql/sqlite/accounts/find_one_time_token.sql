-- The row is a link that logs a person in once. Times in UTC ms.
SELECT token_hash, user, expires_at_ms, from_terminal
FROM one_time_tokens
WHERE token_hash = :token_hash;
