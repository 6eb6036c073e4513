-- The row is how far a step has come.
SELECT value
FROM marks
WHERE name = :name;
