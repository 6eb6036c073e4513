-- The row says which rows of clicks wait to go: from an id up to before another.
SELECT from_click, to_click
FROM click_removal
WHERE id = 1;
