-- A row is a total of a given up import, some of them.
DELETE FROM report_totals
WHERE import = :import AND position IN (SELECT position FROM report_totals WHERE import = :import LIMIT :limit);
