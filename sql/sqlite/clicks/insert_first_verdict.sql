-- A row keeps what a click was judged at first; the first change is the one that counts.
INSERT INTO first_verdicts (click, verdict, reason, changed_at_ms)
SELECT id, verdict, reason, :changed_at_ms
FROM clicks
WHERE id = :id
ON CONFLICT (click) DO NOTHING;
