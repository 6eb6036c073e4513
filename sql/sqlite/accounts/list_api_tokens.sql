-- A row is a program that may ask a part of the API. Times in UTC ms.
SELECT name, token_hash, scope, created_at_ms, used_at_ms, expires_at_ms
FROM api_tokens
ORDER BY name;
