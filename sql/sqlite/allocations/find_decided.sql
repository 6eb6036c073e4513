-- The row is when a commission was matched to what it is matched to, in UTC ms.
SELECT decided_at_ms
FROM matches
WHERE commission = :commission;
