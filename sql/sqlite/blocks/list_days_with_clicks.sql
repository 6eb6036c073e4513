-- A row is a local day from :from to :to, both included, that has clicks.
WITH RECURSIVE days (day) AS (
  SELECT min(day) FROM click_days WHERE day >= :from
  UNION ALL
  SELECT (SELECT min(later.day) FROM click_days AS later WHERE later.day > days.day) FROM days WHERE days.day < :to
)
SELECT day
FROM days
WHERE day <= :to;
