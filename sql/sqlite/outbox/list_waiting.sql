-- A row is a mail that no server has taken yet, the oldest first. Times in UTC ms.
SELECT id, key, sender, recipients, message, created_at_ms, delivered_at_ms, attempts, error
FROM outbox
WHERE delivered_at_ms IS NULL
ORDER BY id;
