-- A row is an import that counts and tells days in [:from_day, :to_day] of a report's money, itself or summed up: 1 when itself.
SELECT id, from_day, to_day, report = truth_of
FROM imports
WHERE network = :network AND truth_of = :truth_of AND account = :account AND by_range = 1 AND published = 1 AND undone_at_ms IS NULL
  AND from_day <= :to_day AND to_day >= :from_day AND id <> :but;
