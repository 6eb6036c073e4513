-- The row is a click's link, article and verdict.
SELECT link, article, verdict
FROM clicks
WHERE id = :id;
