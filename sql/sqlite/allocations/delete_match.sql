-- A row is the match (and its weights) of a commission that another replaces.
DELETE FROM matches
WHERE commission = :commission;
