-- The ledger keeps every observation, says what stands now and what stood at any time before, and can take an import back.

-- What readers see: events up to last_event, commissions up to last_commission. An import stages its rows above them, in many
-- small transactions, and is published by the one that raises them.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  last_event INTEGER NOT NULL,
  last_commission INTEGER NOT NULL
) STRICT;
INSERT INTO ledger (id, last_event, last_commission)
SELECT 1, (SELECT coalesce(max(id), 0) FROM commission_events), (SELECT coalesce(max(id), 0) FROM commissions);

ALTER TABLE imports ADD COLUMN content_hash TEXT NOT NULL DEFAULT '';  -- of the rows, whatever the file's encoding
ALTER TABLE imports ADD COLUMN published INTEGER NOT NULL DEFAULT 1 CHECK (published IN (0, 1));
ALTER TABLE imports ADD COLUMN undone_at_ms INTEGER;                   -- null: it counts
ALTER TABLE imports ADD COLUMN by_range INTEGER NOT NULL DEFAULT 0 CHECK (by_range IN (0, 1));
ALTER TABLE imports ADD COLUMN from_day INTEGER NOT NULL DEFAULT 0;    -- with by_range: it is the whole truth of these days
ALTER TABLE imports ADD COLUMN to_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN truth_of TEXT NOT NULL DEFAULT '';       -- with by_range: the report whose money it tells, itself or summed up
ALTER TABLE imports ADD COLUMN withdrawn_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN first_event INTEGER NOT NULL DEFAULT 0; -- its events are the ones from here
ALTER TABLE imports ADD COLUMN last_event INTEGER NOT NULL DEFAULT 0;  -- to here
CREATE INDEX imports_by_content ON imports (content_hash);

-- latest_event as it was published; next_event, when not 0, follows it: published once the ledger's last_event reaches it.
ALTER TABLE commissions ADD COLUMN next_event INTEGER NOT NULL DEFAULT 0;
ALTER TABLE commissions ADD COLUMN root INTEGER NOT NULL DEFAULT 0;    -- the commission whose weights this reversal shares
ALTER TABLE commissions ADD COLUMN scope INTEGER NOT NULL DEFAULT 0;   -- of a report that is the whole truth of its days
ALTER TABLE commissions ADD COLUMN day INTEGER NOT NULL DEFAULT 0;     -- with scope: the report's day
CREATE INDEX commissions_by_root ON commissions (root) WHERE root <> 0;
CREATE INDEX commissions_by_scope ON commissions (scope, day) WHERE scope <> 0;

-- A network's report of an account, of which each file is the whole truth of its days; files that sum it up are of its scope.
CREATE TABLE scopes (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  report TEXT NOT NULL,
  account TEXT NOT NULL,
  UNIQUE (network, report, account)
) STRICT;

ALTER TABLE commission_events ADD COLUMN posted_at_ms INTEGER;
ALTER TABLE commission_events ADD COLUMN order_id TEXT NOT NULL DEFAULT '';
ALTER TABLE commission_events ADD COLUMN parent TEXT NOT NULL DEFAULT '';
-- 0 observed: a row of the import. 1 restored: what an earlier observation (source) says stands again. 2 withdrawn: nothing
-- speaks for the commission any more, its amounts are 0.
ALTER TABLE commission_events ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE commission_events ADD COLUMN source INTEGER NOT NULL DEFAULT 0;
-- 0: an observation that came late, when newer ones were known. It changed nothing, but counts when those are taken back.
ALTER TABLE commission_events ADD COLUMN effective INTEGER NOT NULL DEFAULT 1 CHECK (effective IN (0, 1));
ALTER TABLE commission_events ADD COLUMN recorded_at_ms INTEGER NOT NULL DEFAULT 0;
UPDATE commission_events
SET recorded_at_ms = (SELECT i.imported_at_ms FROM imports AS i WHERE i.id = commission_events.import);
UPDATE imports
SET first_event = e.lowest, last_event = e.highest
FROM (SELECT import, min(id) AS lowest, max(id) AS highest FROM commission_events GROUP BY import) AS e
WHERE e.import = imports.id;

CREATE INDEX commission_events_by_parent ON commission_events (parent) WHERE parent <> '';

-- The commission that was booked first of those that share a parent: the others take its weights.
CREATE TABLE families (
  network TEXT NOT NULL,
  account TEXT NOT NULL,
  parent TEXT NOT NULL,
  root INTEGER NOT NULL,
  PRIMARY KEY (network, account, parent)
) STRICT, WITHOUT ROWID;

-- An import that says of a commission what an event already said: the event counts for this import too.
CREATE TABLE sightings (
  commission INTEGER NOT NULL,
  import INTEGER NOT NULL,
  event INTEGER NOT NULL,
  PRIMARY KEY (commission, import)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_by_import ON sightings (import);

ALTER TABLE allocations ADD COLUMN booked_at_ms INTEGER NOT NULL DEFAULT 0;
UPDATE allocations
SET booked_at_ms = (SELECT e.recorded_at_ms FROM commission_events AS e WHERE e.id = allocations.event);
ALTER TABLE matches ADD COLUMN decided_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE matches ADD COLUMN version INTEGER NOT NULL DEFAULT 1;  -- counts its replacements; that of the root it was taken from
UPDATE matches
SET decided_at_ms = coalesce((SELECT min(e.recorded_at_ms) FROM commission_events AS e WHERE e.commission = matches.commission), 0);

-- What a commission was matched to before its match was replaced.
CREATE TABLE past_matches (
  id INTEGER PRIMARY KEY,
  commission INTEGER NOT NULL,
  tier INTEGER NOT NULL,
  model TEXT NOT NULL,
  reason TEXT NOT NULL,
  decided_at_ms INTEGER NOT NULL,
  replaced_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX past_matches_by_commission ON past_matches (commission, replaced_at_ms);

CREATE TABLE past_weights (
  past_match INTEGER NOT NULL REFERENCES past_matches (id),
  position INTEGER NOT NULL,
  article INTEGER NOT NULL,
  link INTEGER NOT NULL,
  click INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  PRIMARY KEY (past_match, position)
) STRICT, WITHOUT ROWID;

-- What one euro was worth on a day, in millionths of the currency's main unit. A corrected rate is a new row.
CREATE TABLE exchange_rates (
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  currency TEXT NOT NULL,
  per_euro_micro INTEGER NOT NULL CHECK (per_euro_micro > 0)
) STRICT;
CREATE INDEX exchange_rates_by_day ON exchange_rates (day, currency, id);

-- A published commission and the event that says what it is now (0: none yet).
CREATE VIEW standing AS
SELECT id, network, account, identity, root, scope, day,
  iif(next_event BETWEEN 1 AND (SELECT last_event FROM ledger WHERE id = 1), next_event,
    iif(latest_event <= (SELECT last_event FROM ledger WHERE id = 1), latest_event, 0)) AS event
FROM commissions;
