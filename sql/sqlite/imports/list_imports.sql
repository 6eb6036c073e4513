-- A row is a report file, read, newest first. Times in UTC ms.
SELECT id, network, report, account, file_name, file_hash, imported_at_ms, row_count, new_count, changed_count, unchanged_count,
  bad_count
FROM imports
ORDER BY id DESC
LIMIT :limit;
