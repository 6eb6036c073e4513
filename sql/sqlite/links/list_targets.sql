-- A row is a link of a network, removed ones too: past clicks name them.
SELECT id, network, destination
FROM links
WHERE network <> ''
ORDER BY id;
