-- A row is a message that was delivered or given up before a moment in UTC ms.
DELETE FROM webhook_deliveries
WHERE state <> 0 AND created_at_ms < :before_ms;
