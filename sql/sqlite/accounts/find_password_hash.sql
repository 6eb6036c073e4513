-- The row is the password hash (argon2id string) of the account with a role.
SELECT password_hash
FROM accounts
WHERE role = :role;
