-- A row is a local day counted to the end.
INSERT INTO closed_days (day, visitors)
VALUES (:day, :visitors)
ON CONFLICT (day) DO UPDATE
SET visitors = excluded.visitors;
