-- A row is a change of a rule that commissions follow now.
DELETE FROM changed_labels
WHERE id <= :last;
