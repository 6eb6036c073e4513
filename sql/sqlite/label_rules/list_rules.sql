-- A row is a rule: a sub-id or tag belongs to an article; an empty network means any. The owner's rules go before the config's.
SELECT network, kind, text, article
FROM owner_rules
UNION ALL
SELECT l.network, l.kind, l.text, l.article
FROM label_rules AS l
WHERE NOT EXISTS (SELECT 1 FROM owner_rules AS o WHERE o.kind = l.kind AND o.text = l.text AND o.network = l.network);
