-- The row is of a click that is judged again as it was at first.
DELETE FROM first_verdicts
WHERE click = :id;
