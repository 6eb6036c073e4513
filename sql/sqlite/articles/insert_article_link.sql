-- A row is a link seen in an article, in page order from 1.
INSERT INTO article_links (article, position, placement, href, network, slug)
VALUES (:article, :position, :placement, :href, :network, :slug);
