-- The row is a person who may do more, or less.
UPDATE users
SET role = :role
WHERE id = :id;
