-- The row is one packed column of a block.
SELECT data
FROM click_columns
WHERE id = :id;
