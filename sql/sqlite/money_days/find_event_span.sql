-- The row is the first and the last moment at which a commission took place; nulls: none did.
SELECT (SELECT min(event_at_ms) FROM commission_events), (SELECT max(event_at_ms) FROM commission_events);
