-- A row is an observation in (:after, :to] and its commission.
SELECT id, commission
FROM commission_events
WHERE id > :after AND id <= :to AND kind = 0
ORDER BY id
LIMIT :limit;
