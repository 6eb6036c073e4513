-- A row is an answer nobody will ask for again. Times in UTC ms.
DELETE FROM answered_requests
WHERE at_ms < :before_ms;
