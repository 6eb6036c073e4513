-- A row is a block that may hold clicks between two ids (both excluded), oldest first.
SELECT id, day, first_click, last_click, clicks
FROM click_blocks
WHERE live = 1 AND last_click > :after AND first_click < :before
ORDER BY last_click;
