-- A row counts the views of an article on a local day (days since 1970-01-01) with one verdict; :views more.
INSERT INTO view_days (day, article, verdict, views)
VALUES (:day, :article, :verdict, :views)
ON CONFLICT (day, article, verdict) DO UPDATE
SET views = views + excluded.views;
