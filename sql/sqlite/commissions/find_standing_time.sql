-- The row is when a commission took place, as it stands.
SELECT e.event_at_ms FROM standing AS s JOIN commission_events AS e ON e.id = s.event WHERE s.id = :commission;
