-- The row is a block that never came to be read.
DELETE FROM click_blocks
WHERE id = :id AND live = 0;
