-- The row is a run of the redirect front as it stands now; counts of requests. Times in UTC ms.
UPDATE runs
SET started_at_ms = :started_at_ms, seen_at_ms = :seen_at_ms, stopped_at_ms = :stopped_at_ms, accepted = :accepted,
  recorded = :recorded, unrecorded = :unrecorded, shed = :shed, not_found = :not_found
WHERE id = :id;
