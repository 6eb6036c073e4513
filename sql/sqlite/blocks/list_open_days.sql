-- A row is a local day before :before that has clicks and is not closed.
WITH RECURSIVE days (day) AS (
  SELECT min(day) FROM click_days
  UNION ALL
  SELECT (SELECT min(later.day) FROM click_days AS later WHERE later.day > days.day) FROM days WHERE days.day IS NOT NULL
)
SELECT day
FROM days
WHERE day < :before AND NOT EXISTS (SELECT 1 FROM closed_days WHERE closed_days.day = days.day);
