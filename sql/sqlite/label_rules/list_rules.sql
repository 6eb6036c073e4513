-- A row is a rule: a sub-id or tag belongs to an article; an empty network means any.
SELECT network, kind, text, article
FROM label_rules
ORDER BY kind, text, network;
