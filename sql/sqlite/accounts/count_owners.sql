-- The row is how many people may do everything (role 2).
SELECT count(*)
FROM users
WHERE role = 2;
