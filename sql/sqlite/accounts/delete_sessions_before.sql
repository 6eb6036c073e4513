-- A row is a login that began or was last seen too long ago. Times in UTC ms.
DELETE FROM sessions
WHERE created_at_ms < :created_before_ms OR seen_at_ms < :seen_before_ms;
