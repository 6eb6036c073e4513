-- The row is a reason that many clicks share: its id.
SELECT id
FROM reasons
WHERE text = :text;
