-- The row is a mail that a server has taken. Times in UTC ms.
UPDATE outbox
SET message = '', delivered_at_ms = :at_ms, attempts = attempts + 1, error = ''
WHERE id = :id AND delivered_at_ms IS NULL;
