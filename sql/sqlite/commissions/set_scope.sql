-- The row is a commission that a report of whole days tells of.
UPDATE commissions
SET scope = :scope, day = :day
WHERE id = :commission AND scope = 0;
