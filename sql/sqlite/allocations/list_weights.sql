-- A row is one article's part of a match, in the match's order; only the proportion of weights counts.
SELECT article, link, click, weight
FROM match_weights
WHERE commission = :commission
ORDER BY position;
