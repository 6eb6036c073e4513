-- The row is a click that a newer rule judges otherwise.
UPDATE clicks
SET verdict = :verdict, reason = :reason
WHERE id = :id;
