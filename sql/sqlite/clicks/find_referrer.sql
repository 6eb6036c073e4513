-- The row is a referrer that many clicks share: its id.
SELECT id
FROM referrers
WHERE text = :text;
