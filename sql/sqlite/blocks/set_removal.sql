-- The row says which rows of clicks wait to go.
UPDATE click_removal
SET from_click = :from, to_click = :to
WHERE id = 1;
