-- The row is an address that is told of events, as its owner changed it. Times in UTC ms.
UPDATE webhooks
SET url = :url, events = :events, secret = :secret, failing_since_ms = :failing_since_ms, disabled_at_ms = :disabled_at_ms
WHERE id = :id;
