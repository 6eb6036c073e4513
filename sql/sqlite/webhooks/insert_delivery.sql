-- A row is a message to a webhook; nothing when that is gone. Times in UTC ms.
INSERT INTO webhook_deliveries (webhook, message_id, type, body, state, attempts, created_at_ms, due_at_ms, status, error)
SELECT :webhook, :message_id, :type, :body, 0, 0, :created_at_ms, :due_at_ms, 0, ''
WHERE EXISTS (SELECT 1 FROM webhooks WHERE id = :webhook);
