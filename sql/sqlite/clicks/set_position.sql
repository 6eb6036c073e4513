-- The row says where absorbing the journal goes on: segment number, byte.
UPDATE journal_position
SET segment = :segment, byte_offset = :byte_offset
WHERE id = 1;
