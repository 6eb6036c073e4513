-- A row is an event of the slice that no allocation has been booked for.
INSERT INTO unbooked_events (event, commission)
SELECT r.event, r.commission
FROM slice_rows AS r
WHERE r.effective;
