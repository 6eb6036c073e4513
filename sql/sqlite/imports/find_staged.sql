-- The row is the import that was given up while it was staged.
SELECT id
FROM imports
WHERE published = 0
LIMIT 1;
