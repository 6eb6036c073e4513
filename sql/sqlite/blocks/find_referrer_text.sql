-- The row is a referrer's text.
SELECT text
FROM referrers
WHERE id = :id;
