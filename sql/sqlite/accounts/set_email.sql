-- The row is where a user's mail goes; '' is nowhere.
UPDATE users
SET email = :email
WHERE id = :id;
