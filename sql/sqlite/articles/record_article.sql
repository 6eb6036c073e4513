-- A row is an article as a scan saw it; a scan without a title or a verdict keeps the known ones. Answers the id. Times in UTC ms.
INSERT INTO articles (path, title, verdict, origin, seen_at_ms, finding_count, findings_json, wholly_paid)
VALUES (:path, :title, :verdict, :origin, :seen_at_ms, :finding_count, :findings_json, :wholly_paid)
ON CONFLICT (path) DO UPDATE
SET title = iif(excluded.title = '', title, excluded.title),
  seen_at_ms = max(seen_at_ms, excluded.seen_at_ms),
  verdict = iif(excluded.verdict = '', verdict, excluded.verdict),
  finding_count = iif(excluded.verdict = '', finding_count, excluded.finding_count),
  findings_json = iif(excluded.verdict = '', findings_json, excluded.findings_json),
  wholly_paid = iif(excluded.verdict = '', wholly_paid, excluded.wholly_paid)
RETURNING id;
