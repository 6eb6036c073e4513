-- A row is an event whose allocations are being booked.
DELETE FROM unbooked_events
WHERE event = :event;
