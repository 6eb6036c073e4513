-- A row is a rule of the config.
SELECT network, kind, text, article
FROM label_rules
ORDER BY kind, text, network;
