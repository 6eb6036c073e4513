-- A row is a link that logs a person in once, by its token's hash. Times in UTC ms.
INSERT INTO one_time_tokens (token_hash, user, expires_at_ms, from_terminal)
VALUES (:token_hash, :user, :expires_at_ms, :from_terminal);
