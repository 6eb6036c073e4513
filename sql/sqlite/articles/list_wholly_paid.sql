-- A row is the path of an article whose every link to a shop pays.
SELECT path
FROM articles
WHERE wholly_paid = 1;
