-- The row is a link that goes out of use; it stays for the clicks and commissions that name it.
UPDATE links
SET removed = 1, epoch = (SELECT epoch + 1 FROM link_epoch WHERE id = 1)
WHERE id = :id AND removed = 0;
