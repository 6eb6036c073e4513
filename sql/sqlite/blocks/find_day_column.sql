-- The row is one packed column of a closed day's counts.
SELECT data
FROM day_columns
WHERE id = :id;
