-- The row is a message after an attempt, or before it is sent again. Times in UTC ms.
UPDATE webhook_deliveries
SET state = :state, attempts = :attempts, due_at_ms = :due_at_ms, tried_at_ms = :tried_at_ms, status = :status, error = :error
WHERE id = :id;
