-- The row is a commission whose latest observation is :event.
UPDATE commissions
SET latest_event = :event
WHERE id = :commission;
