-- Articles whose every link to a shop pays, as their last scan saw them (1): teasers of them are labelled where the law asks.
ALTER TABLE articles ADD COLUMN wholly_paid INTEGER NOT NULL DEFAULT 0 CHECK (wholly_paid IN (0, 1));
CREATE INDEX articles_wholly_paid ON articles (path) WHERE wholly_paid = 1;
