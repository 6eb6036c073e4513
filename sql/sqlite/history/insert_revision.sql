-- A row is a scan that found an article changed. Times in UTC ms.
INSERT INTO article_revisions (article, at_ms, title, verdict, finding_count, link_count, links_added, links_removed)
VALUES (:article, :at_ms, :title, :verdict, :finding_count, :link_count, :links_added, :links_removed);
