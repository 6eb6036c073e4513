-- A row is a block that is not to be read yet.
INSERT INTO click_blocks (day, first_click, last_click, clicks, live)
VALUES (:day, :first_click, :last_click, :clicks, 0);
