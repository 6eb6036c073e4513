-- A row is one packed column of a block.
INSERT INTO click_columns (id, data)
VALUES (:id, :data)
ON CONFLICT (id) DO UPDATE
SET data = excluded.data;
