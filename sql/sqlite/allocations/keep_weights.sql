-- A row is one article's part of a match that another replaces.
INSERT INTO past_weights (past_match, position, article, link, click, weight)
SELECT :past_match, position, article, link, click, weight
FROM match_weights
WHERE commission = :commission;
