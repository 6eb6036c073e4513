-- The row is the article that a sub-id or tag belongs to; a rule for the very network goes before one for any.
SELECT article
FROM label_rules
WHERE kind = :kind AND text = :text AND network IN (:network, '')
ORDER BY network DESC
LIMIT 1;
