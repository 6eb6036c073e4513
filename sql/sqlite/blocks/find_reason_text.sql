-- The row is a reason's text.
SELECT text
FROM reasons
WHERE id = :id;
