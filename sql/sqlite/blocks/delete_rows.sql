-- The rows are clicks that are in blocks, ids from :from up to before :to.
DELETE FROM clicks
WHERE id >= :from AND id < :to;
