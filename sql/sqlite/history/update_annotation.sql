-- The row is a remark, as its editor saw it.
UPDATE annotations
SET from_day = :from_day,
  to_day = :to_day,
  article = :article,
  text = :text,
  version = version + 1
WHERE id = :id AND version = :version;
