-- A row is a link seen in the article, in page order.
SELECT placement, href, network, slug
FROM article_links
WHERE article = :article
ORDER BY position;
