-- A row is a staged event in (:from, :to].
DELETE FROM commission_events
WHERE id > :from AND id <= :to;
