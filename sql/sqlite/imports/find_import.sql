-- The row is a published import. Times in UTC ms.
SELECT id, network, report, account, file_name, file_hash, content_hash, imported_at_ms, row_count, new_count, changed_count,
  unchanged_count, bad_count, withdrawn_count, by_range, from_day, to_day, truth_of,
  undone_at_ms, kind
FROM imports
WHERE id = :id AND published = 1;
