-- The row is a click's link, article, verdict and the id of its reason.
SELECT link, article, verdict, reason
FROM clicks
WHERE id = :id;
