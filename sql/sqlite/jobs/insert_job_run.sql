-- A row is a run of a job or of one of its steps. Times in UTC ms.
INSERT INTO job_runs (job, step, state, watermark, started_at_ms, message)
VALUES (:job, :step, 'running', '', :at_ms, '');
