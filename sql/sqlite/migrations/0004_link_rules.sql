-- A link has a code, a start, an end, a cap, a fallback and rules. Times are UTC milliseconds; 0 and '' are "none".
ALTER TABLE links ADD COLUMN code INTEGER NOT NULL DEFAULT 302 CHECK (code IN (301, 302, 307, 308));
ALTER TABLE links ADD COLUMN starts_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN expires_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN click_cap INTEGER NOT NULL DEFAULT 0 CHECK (click_cap >= 0);  -- human clicks
ALTER TABLE links ADD COLUMN fallback TEXT NOT NULL DEFAULT '';  -- a URL, or another link's slug
ALTER TABLE links ADD COLUMN targeting TEXT NOT NULL DEFAULT '';  -- rules, passed parameters and UTM as JSON
