-- The row holds the first and the last moment of any observation, null without one.
SELECT (SELECT min(event_at_ms) FROM commission_events), (SELECT max(event_at_ms) FROM commission_events);
