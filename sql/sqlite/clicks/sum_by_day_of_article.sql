-- A row counts an article's clicks of a local day with one verdict, days from :from to :to, both included.
WITH RECURSIVE days (day, last) AS (
  SELECT max(:from, (SELECT min(day) FROM click_days)), min(:to, (SELECT max(day) FROM click_days))
  UNION ALL
  SELECT day + 1, last FROM days WHERE day < last
)
SELECT click_days.day, verdict, sum(clicks)
FROM days
CROSS JOIN click_days ON click_days.day = days.day AND click_days.article = :article
WHERE days.day <= days.last
GROUP BY click_days.day, verdict
ORDER BY click_days.day, verdict;
