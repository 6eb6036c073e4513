-- The row is when the newest event was recorded, in UTC ms.
SELECT recorded_at_ms
FROM commission_events
WHERE id = (SELECT max(id) FROM commission_events);
