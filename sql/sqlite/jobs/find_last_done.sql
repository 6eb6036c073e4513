-- The row is the newest run of a job's step that ended well. Times in UTC ms.
SELECT id, job, step, state, watermark, started_at_ms, finished_at_ms, message
FROM job_runs
WHERE job = :job AND step = :step AND state IN ('done', 'attention')
ORDER BY id DESC
LIMIT 1;
