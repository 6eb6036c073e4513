-- The first schema: everything a site keeps. Times are UTC milliseconds, money is micro-units, 0 in an id column is "none".
PRAGMA application_id = 1131308146;  -- "Cndr": tells our files from other databases

-- One applied migration; the hash is BLAKE2b-256 of its file, in hex.
CREATE TABLE migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- One link of the owner. A removed link keeps its row, because past clicks and commissions name it; its slug is free again.
CREATE TABLE links (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL,
  destination TEXT NOT NULL,
  match_url TEXT NOT NULL,
  network TEXT NOT NULL,
  merchant TEXT NOT NULL,
  title TEXT NOT NULL,
  state INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX links_by_slug ON links (slug) WHERE removed = 0;
CREATE INDEX links_by_network ON links (network);

-- One page of the site, as its last scan saw it.
CREATE TABLE articles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  path TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  verdict TEXT NOT NULL,
  origin TEXT NOT NULL,
  seen_at_ms INTEGER NOT NULL,
  finding_count INTEGER NOT NULL,
  findings_json TEXT NOT NULL
) STRICT;

-- One link seen in an article, in page order from 1.
CREATE TABLE article_links (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  placement INTEGER NOT NULL,
  href TEXT NOT NULL,
  network TEXT NOT NULL,
  slug TEXT NOT NULL,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

-- The one row counts changes of links and articles.
CREATE TABLE link_epoch (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch INTEGER NOT NULL
) STRICT;
INSERT INTO link_epoch (id, epoch) VALUES (1, 1);

-- Texts that many clicks share, kept once.
CREATE TABLE user_agents (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE referrers (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE reasons (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- One answered click. The id holds its time, so a time range is a key range: no further index, each would cost four times
-- the insert. No foreign keys either: a click on a link that is gone is still a click.
CREATE TABLE clicks (
  id INTEGER PRIMARY KEY,
  link INTEGER NOT NULL,
  article INTEGER NOT NULL,
  placement INTEGER NOT NULL,
  visitor INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  referrer INTEGER NOT NULL,
  user_agent INTEGER NOT NULL
) STRICT;

-- Clicks of a local day (days since 1970-01-01 in the site's zone) on a link in an article with one verdict.
CREATE TABLE click_days (
  day INTEGER NOT NULL,
  article INTEGER NOT NULL,
  link INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  PRIMARY KEY (day, article, link, verdict)
) STRICT, WITHOUT ROWID;

-- The one row says where absorbing the journal goes on: segment number and byte.
CREATE TABLE journal_position (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  segment INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL
) STRICT;
INSERT INTO journal_position (id, segment, byte_offset) VALUES (1, 0, 0);

-- One run of the redirect front: accepted = recorded + unrecorded + shed.
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  started_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL,
  stopped_at_ms INTEGER,
  accepted INTEGER NOT NULL DEFAULT 0,
  recorded INTEGER NOT NULL DEFAULT 0,
  unrecorded INTEGER NOT NULL DEFAULT 0,
  shed INTEGER NOT NULL DEFAULT 0,
  not_found INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX runs_by_start ON runs (started_at_ms);

-- One report file, read.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  report TEXT NOT NULL,
  account TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  imported_at_ms INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  new_count INTEGER NOT NULL,
  changed_count INTEGER NOT NULL,
  unchanged_count INTEGER NOT NULL,
  bad_count INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_hash ON imports (file_hash);

-- One row of a report file that could not be read, in file order from 1.
CREATE TABLE import_errors (
  import INTEGER NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  "row" INTEGER NOT NULL,
  "column" TEXT NOT NULL,
  reason TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (import, position)
) STRICT, WITHOUT ROWID;

-- One commission by its identity at the network; what it is now is its latest event.
CREATE TABLE commissions (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  account TEXT NOT NULL,
  identity TEXT NOT NULL,
  latest_event INTEGER NOT NULL,
  UNIQUE (network, account, identity)
) STRICT;

-- One observation of a commission; never changed. Amounts are cumulative: what the network says it owes as of this event.
CREATE TABLE commission_events (
  id INTEGER PRIMARY KEY,
  commission INTEGER NOT NULL REFERENCES commissions (id),
  import INTEGER NOT NULL REFERENCES imports (id),
  event_at_ms INTEGER NOT NULL,
  click_at_ms INTEGER,
  "precision" INTEGER NOT NULL,
  status INTEGER NOT NULL,
  currency TEXT NOT NULL,
  sale_micro INTEGER NOT NULL,
  commission_micro INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  sub_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  product TEXT NOT NULL,
  merchant TEXT NOT NULL,
  referring_url TEXT NOT NULL
) STRICT;
CREATE INDEX commission_events_by_commission ON commission_events (commission);
CREATE INDEX commission_events_by_time ON commission_events (event_at_ms);

-- The queue of events that no allocation has been booked for.
CREATE TABLE unbooked_events (
  event INTEGER PRIMARY KEY REFERENCES commission_events (id),
  commission INTEGER NOT NULL
) STRICT;
CREATE INDEX unbooked_events_by_commission ON unbooked_events (commission);

-- What a commission was matched to; frozen, but for unattributed ones, which newer evidence may replace.
CREATE TABLE matches (
  commission INTEGER PRIMARY KEY REFERENCES commissions (id),
  tier INTEGER NOT NULL,
  model TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX matches_unattributed ON matches (commission) WHERE tier = 5;

-- One article's part of a match, in the match's own order from 1.
CREATE TABLE match_weights (
  commission INTEGER NOT NULL REFERENCES matches (commission) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  article INTEGER NOT NULL,
  link INTEGER NOT NULL,
  click INTEGER NOT NULL,
  weight INTEGER NOT NULL CHECK (weight > 0),
  PRIMARY KEY (commission, position)
) STRICT, WITHOUT ROWID;

-- Money one event moved to (or from) an article; never changed, only added to. Article 0: unattributed.
CREATE TABLE allocations (
  id INTEGER PRIMARY KEY,
  event INTEGER NOT NULL REFERENCES commission_events (id),
  commission INTEGER NOT NULL REFERENCES commissions (id),
  article INTEGER NOT NULL,
  link INTEGER NOT NULL,
  commission_micro INTEGER NOT NULL,
  sale_micro INTEGER NOT NULL
) STRICT;
CREATE INDEX allocations_by_commission ON allocations (commission);
CREATE INDEX allocations_by_event ON allocations (event);

-- One rule of the owner: this sub-id or tag belongs to that article. An empty network means any.
CREATE TABLE label_rules (
  network TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (kind, text, network)
) STRICT, WITHOUT ROWID;

-- One person with a password (argon2id string).
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,
  role TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL
) STRICT;

-- One login; only the BLAKE2b-256 of its token is kept, in hex.
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  created_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One link that logs its bearer in once; only the BLAKE2b-256 of its token is kept, in hex.
CREATE TABLE one_time_tokens (
  token_hash TEXT PRIMARY KEY,
  expires_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One run of a job or of one of its steps.
CREATE TABLE job_runs (
  id INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  step TEXT NOT NULL,
  state TEXT NOT NULL,
  watermark TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX job_runs_by_step ON job_runs (job, step);
