-- Mail and what it tells of: letters on their way, links that were looked at, and how far nightly steps have come.

-- One mail, written once for its key, and kept until a server has taken it. Afterwards its text goes and the row says when.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,  -- "digest.daily.2026-11-22"
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,  -- addresses with a blank between
  message TEXT NOT NULL,  -- as it goes over the wire; '' once it is delivered
  created_at_ms INTEGER NOT NULL,
  delivered_at_ms INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT ''  -- of the last attempt
) STRICT;
CREATE INDEX outbox_waiting ON outbox (id) WHERE delivered_at_ms IS NULL;

-- How far a step has come, in its own words.
CREATE TABLE marks (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last look at where a link leads.
CREATE TABLE link_checks (
  link INTEGER PRIMARY KEY REFERENCES links (id) ON DELETE CASCADE,
  url TEXT NOT NULL,  -- that was asked; '' when none may be
  health TEXT NOT NULL CHECK (health IN ('ok', 'dead', 'failing', 'unsure', 'unchecked')),
  status INTEGER NOT NULL,  -- of the last HTTP answer; 0 is none
  detail TEXT NOT NULL,
  checked_at_ms INTEGER NOT NULL,
  failing_since_ms INTEGER,  -- of the first of the failures in a row
  failures INTEGER NOT NULL DEFAULT 0  -- in a row
) STRICT;
CREATE INDEX link_checks_dead ON link_checks (link) WHERE health = 'dead';
-- Which articles carry a link.
CREATE INDEX article_links_by_slug ON article_links (slug, article);

-- Where a user's mail goes, in lower case; '' is nowhere. A name that is an address says it already.
ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';
UPDATE users SET email = name WHERE name LIKE '_%@_%';
