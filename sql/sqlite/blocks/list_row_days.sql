-- A row is a local day before :before that has clicks, none of them in blocks: the day and its clicks.
WITH RECURSIVE days (day) AS (
  SELECT min(day) FROM click_days
  UNION ALL
  SELECT (SELECT min(later.day) FROM click_days AS later WHERE later.day > days.day) FROM days WHERE days.day IS NOT NULL
)
SELECT day, (SELECT sum(clicks) FROM click_days WHERE click_days.day = days.day)
FROM days
WHERE day < :before
  AND NOT EXISTS (SELECT 1 FROM click_blocks WHERE click_blocks.day = days.day AND live = 1);
