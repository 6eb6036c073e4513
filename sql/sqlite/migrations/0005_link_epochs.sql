-- A link says at which change of the site's links it last changed, so that a table of links catches up without reading all.
ALTER TABLE links ADD COLUMN epoch INTEGER NOT NULL DEFAULT 0;  -- link_epoch as that change left it
CREATE INDEX links_by_epoch ON links (epoch);
