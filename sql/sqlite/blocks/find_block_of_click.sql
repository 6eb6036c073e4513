-- The row is the one block that may hold a click: id, day, first and last click, number of clicks.
SELECT id, day, first_click, last_click, clicks
FROM click_blocks
WHERE live = 1 AND last_click >= :click
ORDER BY last_click
LIMIT 1;
