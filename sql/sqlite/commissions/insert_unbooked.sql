-- A row is an event that no allocation has been booked for.
INSERT INTO unbooked_events (event, commission)
VALUES (:event, :commission);
