-- A row is a commission that an event of the slice is to follow; what was published of it before becomes its latest event.
UPDATE commissions
SET latest_event = iif(next_event BETWEEN 1 AND :published, next_event, latest_event), next_event = r.event
FROM slice_rows AS r
WHERE commissions.id = r.commission AND r.effective AND NOT r.is_new;
