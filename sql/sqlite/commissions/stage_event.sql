-- The row is a commission that :event is to follow; what was published of it before becomes its latest event.
UPDATE commissions
SET latest_event = iif(next_event BETWEEN 1 AND :published, next_event, latest_event), next_event = :event
WHERE id = :commission;
