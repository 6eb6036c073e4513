-- A row is a rule that the config's rules replace.
DELETE FROM label_rules;
