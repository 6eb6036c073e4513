-- The row is the largest click id; null when there is none.
SELECT max(id)
FROM clicks;
