-- The row is a person and the keys of an authenticator (base32), the one in use and the one shown.
UPDATE users
SET totp_secret = :totp_secret, totp_pending = :totp_pending
WHERE id = :id;
