-- A row is a message to a webhook, newest first. Times in UTC ms.
SELECT id, webhook, message_id, type, body, state, attempts, created_at_ms, due_at_ms, tried_at_ms, status, error
FROM webhook_deliveries
WHERE webhook = :webhook AND id < :before
ORDER BY id DESC
LIMIT :limit;
