-- The row is what a commission was matched to.
SELECT tier, model, reason
FROM matches
WHERE commission = :commission;
