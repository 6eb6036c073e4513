-- The row is an address that is told of events no more; its deliveries go with it.
DELETE FROM webhooks
WHERE id = :id;
