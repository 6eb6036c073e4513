-- The row is the program a token belongs to, by the token's hash. Times in UTC ms.
SELECT name, token_hash, scope, created_at_ms, used_at_ms, expires_at_ms
FROM api_tokens
WHERE token_hash = :token_hash;
