-- A row is one packed column of a closed day's counts.
INSERT INTO day_columns (id, data)
VALUES (:id, :data)
ON CONFLICT (id) DO UPDATE
SET data = excluded.data;
