-- The row is the tag that the direct links of an article's pages carry.
SELECT r.text
FROM articles AS a
JOIN owner_rules AS r ON r.article = a.id AND r.page_tag = 1
WHERE a.path = :path;
