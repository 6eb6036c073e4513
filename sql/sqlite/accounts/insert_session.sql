-- A row is a login, by its token's hash. Times in UTC ms.
INSERT INTO sessions (token_hash, user, created_at_ms, seen_at_ms, by_link, address, agent)
VALUES (:token_hash, :user, :created_at_ms, :seen_at_ms, :by_link, :address, :agent);
