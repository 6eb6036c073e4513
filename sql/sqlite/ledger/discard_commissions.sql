-- A row is a staged commission in (:from, :to].
DELETE FROM commissions
WHERE id > :from AND id <= :to;
