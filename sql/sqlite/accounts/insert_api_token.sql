-- A row is a program that may ask a part of the API, by its token's hash. Times in UTC ms.
INSERT INTO api_tokens (name, token_hash, scope, created_at_ms, expires_at_ms)
VALUES (:name, :token_hash, :scope, :created_at_ms, :expires_at_ms)
ON CONFLICT (name) DO NOTHING;
