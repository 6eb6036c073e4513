-- The row is a mail that shall not be delivered any more.
DELETE FROM outbox
WHERE id = :id AND delivered_at_ms IS NULL;
