-- A row is a row of a given up import that could not be read, some of them.
DELETE FROM import_errors
WHERE import = :import AND position IN (SELECT position FROM import_errors WHERE import = :import LIMIT :limit);
