-- A row keeps what a click was judged at first; the first change is the one that counts.
INSERT INTO first_verdicts (click, verdict, reason, changed_at_ms)
VALUES (:id, :verdict, :reason, :changed_at_ms)
ON CONFLICT (click) DO NOTHING;
