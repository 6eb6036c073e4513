-- A row is a run of the redirect front, newest first; counts of requests. Times in UTC ms.
SELECT id, started_at_ms, seen_at_ms, stopped_at_ms, accepted, recorded, unrecorded, shed, not_found
FROM runs
ORDER BY id DESC
LIMIT :limit;
