-- The row is a person and the password hash (argon2id string).
UPDATE users
SET password_hash = :password_hash
WHERE id = :id;
