-- The one row is the first local day with any view; null when there is none.
SELECT min(day) FROM view_days;
