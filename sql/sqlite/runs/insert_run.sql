-- A row is a run of the redirect front. Times in UTC ms.
INSERT INTO runs (started_at_ms, seen_at_ms)
VALUES (:at_ms, :at_ms);
