-- The row is a person whose authenticator's code is used: each 30 s once.
UPDATE users
SET totp_step = :totp_step
WHERE id = :id AND totp_step < :totp_step;
