-- One row: how many tables there are, and whether the table of migrations is one of them (1) or not (0).
SELECT count(*), coalesce(max(name = 'migrations'), 0)
FROM sqlite_schema
WHERE type = 'table';
