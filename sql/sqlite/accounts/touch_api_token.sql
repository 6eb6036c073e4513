-- The row is a program's token, used again. Times in UTC ms.
UPDATE api_tokens
SET used_at_ms = max(coalesce(used_at_ms, 0), :used_at_ms)
WHERE token_hash = :token_hash;
