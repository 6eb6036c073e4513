-- The row is a link that shows nothing any more.
DELETE FROM shares
WHERE name = :name;
