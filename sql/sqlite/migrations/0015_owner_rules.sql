-- Rules that the owner makes while Candor runs, beside those of the configuration; and what summary reports count.

-- This sub-id or tag belongs to that article. An empty network means any. page_tag 1: the article's pages carry the tag in
-- their direct links, too.
CREATE TABLE owner_rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  network TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  article INTEGER NOT NULL,
  page_tag INTEGER NOT NULL CHECK (page_tag IN (0, 1)),
  added_at_ms INTEGER NOT NULL,
  UNIQUE (kind, text, network)
) STRICT;
CREATE UNIQUE INDEX owner_rules_by_tagged_article ON owner_rules (article) WHERE page_tag = 1;

-- A sub-id or tag of which a rule changed, while the commissions that carry it have not been looked at again.
CREATE TABLE changed_labels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

-- What an imported summary counts of a tag, link type, product or day (days since 1970-01-01; -1: its whole range). Never
-- booked as money.
CREATE TABLE report_totals (
  import INTEGER NOT NULL REFERENCES imports (id),
  position INTEGER NOT NULL,
  report TEXT NOT NULL,
  tag TEXT NOT NULL,
  kind TEXT NOT NULL,
  product TEXT NOT NULL,
  day INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  ordered INTEGER NOT NULL,
  shipped INTEGER NOT NULL,
  sale_micro INTEGER NOT NULL,
  ad_fees_micro INTEGER NOT NULL,
  currency TEXT NOT NULL,
  PRIMARY KEY (import, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_totals_by_product ON report_totals (product, tag) WHERE product <> '';
CREATE INDEX report_totals_by_tag ON report_totals (tag, import) WHERE tag <> '' AND product = '';
CREATE INDEX report_totals_by_kind ON report_totals (kind, import) WHERE kind <> '' AND product = '';
