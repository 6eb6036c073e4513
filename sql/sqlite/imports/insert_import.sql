-- A row is a report file whose rows are being staged, or a given up one's place taken again. Times in UTC ms.
INSERT INTO imports (id, kind, network, report, account, file_name, file_hash, content_hash, imported_at_ms, row_count, new_count,
  changed_count, unchanged_count, bad_count, by_range, from_day, to_day, truth_of,
  published)
VALUES (:id, :kind, :network, :report, :account, :file_name, :file_hash, :content_hash, :imported_at_ms, 0, 0, 0, 0, 0, :by_range, :from_day,
  :to_day, :truth_of, 0)
ON CONFLICT (id) DO UPDATE
SET kind = excluded.kind, network = excluded.network, report = excluded.report, account = excluded.account, file_name = excluded.file_name,
  file_hash = excluded.file_hash, content_hash = excluded.content_hash, imported_at_ms = excluded.imported_at_ms,
  by_range = excluded.by_range, from_day = excluded.from_day, to_day = excluded.to_day,
  truth_of = excluded.truth_of;
