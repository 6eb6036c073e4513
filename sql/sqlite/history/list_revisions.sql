-- A row is a scan that found an article changed, before a moment, oldest first. Times in UTC ms.
SELECT article, at_ms, title, verdict, finding_count, link_count, links_added, links_removed
FROM article_revisions
WHERE at_ms < :before_ms
ORDER BY id;
