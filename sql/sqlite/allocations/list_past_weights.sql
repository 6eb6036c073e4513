-- A row is one article's part of a match that another replaced, in the match's order.
SELECT article, link, click, weight
FROM past_weights
WHERE past_match = :past_match
ORDER BY position;
