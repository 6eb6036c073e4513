-- A row is a message whose time has come, to a webhook that is not disabled, the longest due first. Times in UTC ms.
SELECT d.id, d.webhook, d.message_id, d.type, d.body, d.state, d.attempts, d.created_at_ms, d.due_at_ms, d.tried_at_ms,
  d.status, d.error
FROM webhook_deliveries AS d INDEXED BY webhook_deliveries_due
WHERE d.state = 0 AND d.due_at_ms <= :now_ms
  AND (SELECT w.disabled_at_ms IS NULL FROM webhooks AS w WHERE w.id = d.webhook)
ORDER BY d.due_at_ms
LIMIT :limit;
