-- A row is a thing that happened; nothing where nobody is told. Times in UTC ms.
INSERT INTO webhook_events (type, at_ms, data)
SELECT :type, :at_ms, :data
WHERE EXISTS (SELECT 1 FROM webhooks WHERE disabled_at_ms IS NULL);
