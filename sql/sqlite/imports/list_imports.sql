-- A row is a report file, read, newest first; of the kinds asked for. Times in UTC ms.
SELECT id, network, report, account, file_name, file_hash, content_hash, imported_at_ms, row_count, new_count, changed_count,
  unchanged_count, bad_count, withdrawn_count, by_range, from_day, to_day, truth_of,
  undone_at_ms, kind
FROM imports
WHERE published = 1 AND kind BETWEEN :least_kind AND :most_kind
ORDER BY id DESC
LIMIT :limit;
