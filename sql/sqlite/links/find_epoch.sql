-- The row is the count of changes of links and articles.
SELECT epoch
FROM link_epoch
WHERE id = 1;
