-- A row is a rule that the owner takes back.
DELETE FROM owner_rules
WHERE id = :id;
