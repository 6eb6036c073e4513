-- The row is an address that is told of events, after an attempt; one that its owner disabled stays so. Times in UTC ms.
UPDATE webhooks
SET failing_since_ms = :failing_since_ms, disabled_at_ms = coalesce(disabled_at_ms, :disabled_at_ms)
WHERE id = :id;
