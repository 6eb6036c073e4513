-- The row is the first import of a file with this BLAKE2b-256 (hex) for an account. Times in UTC ms.
SELECT id, network, report, account, file_name, file_hash, imported_at_ms, row_count, new_count, changed_count, unchanged_count,
  bad_count
FROM imports
WHERE file_hash = :file_hash AND account = :account
ORDER BY id
LIMIT 1;
