-- The rows count a batch's clicks by local day, link, article and verdict.
INSERT INTO main.click_days (day, article, link, verdict, clicks)
SELECT day, article, link, verdict, clicks
FROM batch.day_counts
WHERE true
ON CONFLICT (day, article, link, verdict) DO UPDATE
SET clicks = clicks + excluded.clicks;
