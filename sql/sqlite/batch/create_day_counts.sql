-- A row counts clicks of a batch, as click_days does.
CREATE TABLE day_counts (
  id INTEGER PRIMARY KEY,
  day INTEGER NOT NULL,
  article INTEGER NOT NULL,
  link INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  clicks INTEGER NOT NULL
) STRICT;
