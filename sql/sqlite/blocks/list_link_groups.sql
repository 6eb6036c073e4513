-- A row is a link, also a removed one: id, slug, merchant, network.
SELECT id, slug, merchant, network
FROM links;
