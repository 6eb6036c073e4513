-- A day whose money was packed; no row overlaps it.
INSERT INTO money_days (from_ms, to_ms, data) VALUES (:from_ms, :to_ms, :data);
