-- A row is the time a run covered, by start: from, to, whether it was stopped in order (1) or crashed (0). Times in UTC ms.
SELECT started_at_ms, coalesce(stopped_at_ms, seen_at_ms), stopped_at_ms IS NOT NULL
FROM runs
ORDER BY started_at_ms, id;
