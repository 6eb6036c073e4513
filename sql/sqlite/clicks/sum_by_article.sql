-- A row counts an article's clicks with one verdict, days from :from to :to, both included; article 0: unknown.
SELECT article, verdict, sum(clicks)
FROM click_days
WHERE day BETWEEN :from AND :to
GROUP BY article, verdict
ORDER BY article, verdict;
