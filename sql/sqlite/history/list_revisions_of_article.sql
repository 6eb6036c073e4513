-- A row is a scan that found the article changed, oldest first. Times in UTC ms.
SELECT article, at_ms, title, verdict, finding_count, link_count, links_added, links_removed
FROM article_revisions
WHERE article = :article
ORDER BY id;
