-- The row is the count of changes of links and articles, one more than before.
UPDATE link_epoch
SET epoch = epoch + 1
WHERE id = 1;
