-- A row is a one-time link whose end has come. Times in UTC ms.
DELETE FROM one_time_tokens
WHERE expires_at_ms <= :now_ms;
