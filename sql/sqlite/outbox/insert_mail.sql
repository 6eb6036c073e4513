-- A row is a mail to deliver. Times in UTC ms.
INSERT INTO outbox (key, sender, recipients, message, created_at_ms)
VALUES (:key, :sender, :recipients, :message, :created_at_ms)
ON CONFLICT (key) DO NOTHING;
