-- The row is a one-time link that is used now: its end in UTC ms.
DELETE FROM one_time_tokens
WHERE token_hash = :token_hash
RETURNING expires_at_ms;
