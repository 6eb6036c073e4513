-- The row is what a commission was matched to.
SELECT tier, model, reason, version
FROM matches
WHERE commission = :commission;
