-- A row is a commission that a staged event in (:from, :to] was to follow.
UPDATE commissions
SET next_event = 0
WHERE id IN (SELECT commission FROM commission_events WHERE id > :from AND id <= :to) AND next_event > :from AND next_event <= :to;
