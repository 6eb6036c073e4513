-- The row is when the newest event was recorded or the last money booked, whichever is later, in UTC ms.
SELECT max(
  coalesce((SELECT recorded_at_ms FROM commission_events WHERE id = (SELECT max(id) FROM commission_events)), 0),
  coalesce((SELECT booked_at_ms FROM allocations WHERE id = (SELECT max(id) FROM allocations)), 0));
