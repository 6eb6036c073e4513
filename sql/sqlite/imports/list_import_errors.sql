-- A row is a row of a report file that could not be read, in file order.
SELECT "row", "column", reason, text
FROM import_errors
WHERE import = :import
ORDER BY position;
