-- The row counts the clicks kept as rows, ids from :from up to before :to.
SELECT count(*)
FROM clicks
WHERE id >= :from AND id < :to;
