-- A row is a report file, read; counts of its rows. Times in UTC ms.
INSERT INTO imports (network, report, account, file_name, file_hash, imported_at_ms, row_count, new_count, changed_count, unchanged_count,
  bad_count)
VALUES (:network, :report, :account, :file_name, :file_hash, :imported_at_ms, 0, 0, 0, 0, 0);
