-- A row is a mail, the newest first, without its text. Times in UTC ms.
SELECT id, key, sender, recipients, '', created_at_ms, delivered_at_ms, attempts, error
FROM outbox
ORDER BY id DESC
LIMIT :limit;
