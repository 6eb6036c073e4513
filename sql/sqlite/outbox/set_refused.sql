-- The row is a mail that could not be delivered this time.
UPDATE outbox
SET attempts = attempts + 1, error = :error
WHERE id = :id AND delivered_at_ms IS NULL;
