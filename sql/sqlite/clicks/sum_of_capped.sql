-- A row counts the human clicks of one link that has a cap, of all days.
SELECT link, sum(clicks)
FROM click_days
WHERE verdict = 0 AND link IN (SELECT id FROM links WHERE click_cap > 0)
GROUP BY link;
