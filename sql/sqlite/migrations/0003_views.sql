-- What pages tell of being read: views of articles and impressions of links, counted per local day (days since 1970-01-01).

-- Views of an article on a local day, by people (verdict 0) or programs (verdict 1).
CREATE TABLE view_days (
  day INTEGER NOT NULL,
  article INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  views INTEGER NOT NULL,
  PRIMARY KEY (day, article, verdict)
) STRICT, WITHOUT ROWID;

-- How often a link in an article came into view on a local day.
CREATE TABLE impression_days (
  day INTEGER NOT NULL,
  article INTEGER NOT NULL,
  link INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  impressions INTEGER NOT NULL,
  PRIMARY KEY (day, article, link, verdict)
) STRICT, WITHOUT ROWID;
