-- The row sums what the others of a family booked under the weights of a version: the root and its reversals, but not :commission. Micro-units.
SELECT coalesce(sum(a.commission_micro), 0), coalesce(sum(a.sale_micro), 0)
FROM allocations AS a
WHERE a.commission IN (
  SELECT m.commission
  FROM matches AS m
  WHERE m.commission IN (SELECT :root UNION ALL SELECT id FROM commissions WHERE root = :root AND root <> 0)
    AND m.commission <> :commission AND m.version = :version);
