-- A row counts the clicks of a local day (days since 1970-01-01) on a link in an article with one verdict; :clicks more.
INSERT INTO click_days (day, article, link, verdict, clicks)
VALUES (:day, :article, :link, :verdict, :clicks)
ON CONFLICT (day, article, link, verdict) DO UPDATE
SET clicks = clicks + excluded.clicks;
