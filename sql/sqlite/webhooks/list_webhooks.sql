-- A row is an address that is told of events, oldest first. Times in UTC ms.
SELECT id, url, events, secret, created_at_ms, failing_since_ms, disabled_at_ms
FROM webhooks
ORDER BY id;
