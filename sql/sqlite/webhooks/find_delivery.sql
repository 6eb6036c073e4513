-- The row is a message to a webhook. Times in UTC ms.
SELECT id, webhook, message_id, type, body, state, attempts, created_at_ms, due_at_ms, tried_at_ms, status, error
FROM webhook_deliveries
WHERE id = :id;
