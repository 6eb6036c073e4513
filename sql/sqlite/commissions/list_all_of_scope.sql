-- A row is a commission of a scope's days, withdrawn or not, above (:after_day, :after).
SELECT c.day, c.id
FROM commissions AS c
WHERE c.scope = :scope AND c.scope <> 0 AND (c.day, c.id) > (:after_day, :after) AND c.day <= :to_day
ORDER BY c.day, c.id
LIMIT :limit;
