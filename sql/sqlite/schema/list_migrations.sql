-- A row is an applied migration, oldest first: number, name, BLAKE2b-256 of its file in hex.
SELECT number, name, hash
FROM migrations
ORDER BY number;
