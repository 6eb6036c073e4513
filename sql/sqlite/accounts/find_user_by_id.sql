-- The row is a person who signs in. Times in UTC ms.
SELECT id, name, role, password_hash, totp_secret, totp_pending, totp_step, created_at_ms, email
FROM users
WHERE id = :id;
