-- Imports are not only files: networks are asked by their API, and tell single commissions by themselves, each an import.
ALTER TABLE imports ADD COLUMN kind INTEGER NOT NULL DEFAULT 0 CHECK (kind BETWEEN 0 AND 2);  -- 0 file, 1 pull, 2 postback
-- There may be many now: what each new one asks must not read them all.
CREATE INDEX imports_staged ON imports (published) WHERE published = 0;
CREATE INDEX imports_by_truth ON imports (network, truth_of, account) WHERE by_range = 1;
