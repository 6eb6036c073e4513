-- A row is a link of the network: its id. Removed ones count, since clicks name them.
SELECT id
FROM links
WHERE network = :network;
