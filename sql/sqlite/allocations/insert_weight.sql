-- A row is one article's part of a match, in the match's order from 1; only the proportion of weights counts.
INSERT INTO match_weights (commission, position, article, link, click, weight)
VALUES (:commission, :position, :article, :link, :click, :weight);
