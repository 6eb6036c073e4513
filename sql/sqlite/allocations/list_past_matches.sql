-- A row is what a commission was matched to before, oldest first. Times in UTC ms.
SELECT id, tier, model, reason, decided_at_ms, replaced_at_ms
FROM past_matches
WHERE commission = :commission
ORDER BY id;
