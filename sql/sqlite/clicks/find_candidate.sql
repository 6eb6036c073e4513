-- The row is the click with the id, as attribution reads it.
SELECT id, link, article
FROM clicks
WHERE id = :id;
