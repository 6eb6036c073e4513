-- A row is a staged event in (:from, :to].
DELETE FROM unbooked_events
WHERE event > :from AND event <= :to;
