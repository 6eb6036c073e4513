-- A row is a commission of a scope's days that is not withdrawn, staged or published, above (:after_day, :after).
SELECT c.day, c.id
FROM commissions AS c
JOIN commission_events AS e ON e.id = iif(c.next_event <> 0, c.next_event, c.latest_event)
WHERE c.scope = :scope AND c.scope <> 0 AND (c.day, c.id) > (:after_day, :after) AND c.day <= :to_day AND e.kind <> 2
ORDER BY c.day, c.id
LIMIT :limit;
