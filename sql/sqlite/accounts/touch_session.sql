-- The row is a login seen again. Times in UTC ms.
UPDATE sessions
SET seen_at_ms = max(seen_at_ms, :seen_at_ms)
WHERE token_hash = :token_hash;
