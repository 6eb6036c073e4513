-- A row is a link seen in the article before the scan that replaces it.
DELETE FROM article_links
WHERE article = :article;
