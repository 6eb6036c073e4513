-- The row says where absorbing the journal goes on: segment number, byte.
SELECT segment, byte_offset
FROM journal_position
WHERE id = 1;
