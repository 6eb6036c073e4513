-- A row is a run of a job or of one of its steps, newest first. Times in UTC ms.
SELECT id, job, step, state, watermark, started_at_ms, finished_at_ms, message
FROM job_runs
ORDER BY id DESC
LIMIT :limit;
