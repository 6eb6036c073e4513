-- A row is a reason of verdicts: id, text.
SELECT id, text
FROM reasons;
