-- The row holds the highest import there is.
SELECT coalesce(max(id), 0)
FROM imports;
