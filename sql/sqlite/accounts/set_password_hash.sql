-- A row is an account with a role and its password hash (argon2id string).
INSERT INTO accounts (role, password_hash)
VALUES (:role, :password_hash)
ON CONFLICT (role) DO UPDATE
SET password_hash = excluded.password_hash;
