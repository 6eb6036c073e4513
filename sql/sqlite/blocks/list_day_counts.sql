-- A row counts the clicks of a local day on a link in an article with one verdict.
SELECT article, link, verdict, clicks
FROM click_days
WHERE day = :day
ORDER BY article, link, verdict;
