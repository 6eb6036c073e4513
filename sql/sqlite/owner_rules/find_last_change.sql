-- The row is the latest change of a rule that commissions do not follow yet; 0: they follow all.
SELECT coalesce(max(id), 0)
FROM changed_labels;
