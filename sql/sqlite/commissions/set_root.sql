-- The row is a reversal that shares the weights of :root.
UPDATE commissions
SET root = :root
WHERE id = :commission AND id <> :root;
