-- A row is the match of a commission that another replaces. Times in UTC ms.
INSERT INTO past_matches (commission, tier, model, reason, decided_at_ms, replaced_at_ms)
SELECT commission, tier, model, reason, decided_at_ms, :replaced_at_ms
FROM matches
WHERE commission = :commission;
