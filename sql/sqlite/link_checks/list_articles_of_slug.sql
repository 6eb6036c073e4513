-- A row is an article that carries the link of a slug.
SELECT DISTINCT article
FROM article_links
WHERE slug = :slug
ORDER BY article;
