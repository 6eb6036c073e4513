-- The row is the first import that counts of a file, or of rows, with this BLAKE2b-256 (hex) for an account. Times in UTC ms.
SELECT id, network, report, account, file_name, file_hash, content_hash, imported_at_ms, row_count, new_count, changed_count,
  unchanged_count, bad_count, withdrawn_count, by_range, from_day, to_day, truth_of,
  undone_at_ms, kind
FROM imports
WHERE (file_hash = :hash OR content_hash = :hash) AND account = :account AND published = 1 AND undone_at_ms IS NULL
ORDER BY id
LIMIT 1;
