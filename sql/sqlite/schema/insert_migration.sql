-- A row is an applied migration: number, name, BLAKE2b-256 of its file in hex.
INSERT INTO migrations (number, name, hash)
VALUES (:number, :name, :hash);
