-- A row is an address that is told of events. Times in UTC ms.
INSERT INTO webhooks (url, events, secret, created_at_ms)
VALUES (:url, :events, :secret, :created_at_ms);
