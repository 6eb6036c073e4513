-- One remark of the owner's about days of the site, or of one article: "moved to a new theme".
CREATE TABLE annotations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_day INTEGER NOT NULL,  -- days since 1970-01-01 in the site's zone, both included
  to_day INTEGER NOT NULL CHECK (to_day >= from_day),
  article INTEGER NOT NULL,  -- 0: the whole site
  text TEXT NOT NULL,
  author TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX annotations_by_day ON annotations (from_day);

-- One scan of an article that found it changed; the first one of each article, too.
CREATE TABLE article_revisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  at_ms INTEGER NOT NULL,
  title TEXT NOT NULL,
  verdict TEXT NOT NULL,
  finding_count INTEGER NOT NULL,
  link_count INTEGER NOT NULL,
  links_added INTEGER NOT NULL,
  links_removed INTEGER NOT NULL
) STRICT;
CREATE INDEX article_revisions_by_article ON article_revisions (article, id);
INSERT INTO article_revisions (article, at_ms, title, verdict, finding_count, link_count, links_added, links_removed)
SELECT id, seen_at_ms, title, verdict, finding_count,
  (SELECT count(*) FROM article_links WHERE article = articles.id), 0, 0
FROM articles;
