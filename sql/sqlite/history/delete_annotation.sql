-- The row is a remark that nobody wants any more.
DELETE FROM annotations
WHERE id = :id;
