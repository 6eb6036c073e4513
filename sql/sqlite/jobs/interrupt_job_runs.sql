-- The row is a run of a job or of one of its steps whose process is gone. When it ended is not known.
UPDATE job_runs
SET state = 'interrupted', message = 'its process ended before it did'
WHERE state = 'running';
