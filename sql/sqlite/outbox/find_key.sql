-- The row says that the mail was written. No units.
SELECT id
FROM outbox
WHERE key = :key;
