-- A row is a login, by its token's hash. Times in UTC ms.
INSERT INTO sessions (token_hash, created_at_ms, seen_at_ms)
VALUES (:token_hash, :created_at_ms, :seen_at_ms);
