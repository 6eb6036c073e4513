-- A row counts the impressions of a link in an article on a local day with one verdict; :impressions more.
INSERT INTO impression_days (day, article, link, verdict, impressions)
VALUES (:day, :article, :link, :verdict, :impressions)
ON CONFLICT (day, article, link, verdict) DO UPDATE
SET impressions = impressions + excluded.impressions;
