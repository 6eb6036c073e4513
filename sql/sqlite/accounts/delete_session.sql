-- The row is a login that ends.
DELETE FROM sessions
WHERE token_hash = :token_hash;
