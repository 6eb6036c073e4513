-- The row is a person who no longer signs in; logins, links and codes go with it.
DELETE FROM users
WHERE id = :id;
