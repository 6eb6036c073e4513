-- A row is a thing that happened and is in its deliveries.
DELETE FROM webhook_events
WHERE id <= :through;
