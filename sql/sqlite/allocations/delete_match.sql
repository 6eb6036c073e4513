-- A row is the match (and its weights) of an unattributed commission that newer evidence replaces.
DELETE FROM matches
WHERE commission = :commission;
