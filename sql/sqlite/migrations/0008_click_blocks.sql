-- Clicks of closed days become columns of up to 65,536 clicks; their rows go. rollup/packed_column.h has the bytes.

-- One block of clicks of one local day (days since 1970-01-01), ids ascending, no two blocks overlap. live 0: under way.
CREATE TABLE click_blocks (
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  first_click INTEGER NOT NULL,
  last_click INTEGER NOT NULL,
  clicks INTEGER NOT NULL,
  live INTEGER NOT NULL CHECK (live IN (0, 1))
) STRICT;
CREATE INDEX click_blocks_by_day ON click_blocks (day);
CREATE INDEX click_blocks_by_last_click ON click_blocks (last_click) WHERE live = 1;

-- One packed column of a block: its id is the block's times 32, plus the column's number (rollup/click_block.h).
CREATE TABLE click_columns (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;

-- The one row says which rows of clicks are in blocks already and wait to go: ids from from_click up to before to_click.
CREATE TABLE click_removal (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  from_click INTEGER NOT NULL,
  to_click INTEGER NOT NULL
) STRICT;
INSERT INTO click_removal (id, from_click, to_click) VALUES (1, 0, 0);

-- One local day that is over and counted to the end: readers with a human click on it. A click or verdict that comes late
-- takes the row away, and the day is counted anew.
CREATE TABLE closed_days (
  day INTEGER PRIMARY KEY,
  visitors INTEGER NOT NULL
) STRICT;

-- One packed column of a closed day's counts: its id is the day times 16, plus the column's number (rollup/day_counts.h).
CREATE TABLE day_columns (
  id INTEGER PRIMARY KEY,
  data BLOB NOT NULL
) STRICT;
