-- A row is a thing that happened and is in no delivery yet, oldest first. Times in UTC ms.
SELECT id, type, at_ms, data
FROM webhook_events
ORDER BY id
LIMIT :limit;
