-- The row is the id of the :count-th click after the first of a range; none when there are fewer.
SELECT id
FROM clicks
WHERE id >= :from AND id < :to
ORDER BY id
LIMIT 1 OFFSET :count;
