-- The row is a run of a job or of one of its steps that has ended. Times in UTC ms.
UPDATE job_runs
SET state = :state, watermark = :watermark, message = :message, finished_at_ms = :at_ms
WHERE id = :id;
