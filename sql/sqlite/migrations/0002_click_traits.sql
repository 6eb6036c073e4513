-- What a click says of its reader and its way: the numbers are those of click/*.h, 0 is "not known" or "as ever", and takes
-- one byte. Country is two letters as a number (first * 256 + second).
CREATE TABLE languages (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

ALTER TABLE clicks ADD COLUMN country INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN os INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN asn_class INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN language INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN variant INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE clicks ADD COLUMN skew_ms INTEGER NOT NULL DEFAULT 0;

-- The verdict and reason a click had at first, when a newer rule gave it another one; the time is the first change's.
CREATE TABLE first_verdicts (
  click INTEGER PRIMARY KEY,
  verdict INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;
