-- A row is an article of an id above :after, by id.
SELECT id, path
FROM articles
WHERE id > :after
ORDER BY id;
