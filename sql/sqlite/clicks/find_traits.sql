-- The row is what a click says of its place and reader: numbers as click/*.h has them.
SELECT placement, country, device
FROM clicks
WHERE id = :id;
