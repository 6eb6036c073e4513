-- A row is a link that logs its bearer in once, by its token's hash. Times in UTC ms.
INSERT INTO one_time_tokens (token_hash, expires_at_ms)
VALUES (:token_hash, :expires_at_ms)
ON CONFLICT (token_hash) DO UPDATE
SET expires_at_ms = excluded.expires_at_ms;
