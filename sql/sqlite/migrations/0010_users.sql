-- One person who signs in, by a word or an e-mail address in lower case. The site's owner has been there all along.
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  role INTEGER NOT NULL CHECK (role IN (0, 1, 2)),  -- viewer, editor, owner
  password_hash TEXT NOT NULL DEFAULT '',  -- argon2id string; '' is none
  totp_secret TEXT NOT NULL DEFAULT '',  -- base32 of an authenticator's key; '' is none
  totp_pending TEXT NOT NULL DEFAULT '',  -- one that is shown, and not confirmed yet
  totp_step INTEGER NOT NULL DEFAULT 0,  -- the newest 30 s whose code was used
  created_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO users (id, name, role, password_hash)
VALUES (1, 'owner', 2, coalesce((SELECT password_hash FROM accounts WHERE role = 'owner'), ''));
DROP TABLE accounts;

-- One code that stands in once for an authenticator that is lost; only its BLAKE2b-256 is kept, in hex.
CREATE TABLE recovery_codes (
  user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  PRIMARY KEY (user, code_hash)
) STRICT, WITHOUT ROWID;

-- One login; only the BLAKE2b-256 of its token is kept, in hex. Everybody signs in anew, once.
DROP TABLE sessions;
CREATE TABLE sessions (
  token_hash TEXT PRIMARY KEY,
  user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL,
  by_link INTEGER NOT NULL CHECK (by_link IN (0, 1)),  -- signed in with a one-time link
  address TEXT NOT NULL,
  agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user);

-- One link that logs a user in once; only the BLAKE2b-256 of its token is kept, in hex.
DROP TABLE one_time_tokens;
CREATE TABLE one_time_tokens (
  token_hash TEXT PRIMARY KEY,
  user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  expires_at_ms INTEGER NOT NULL,
  from_terminal INTEGER NOT NULL CHECK (from_terminal IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_tokens_by_user ON one_time_tokens (user);

ALTER TABLE api_tokens ADD COLUMN expires_at_ms INTEGER;

-- One change, or one login: who made it, where from, by which route, to what.
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  changes TEXT NOT NULL  -- JSON: {"member": {"from": ..., "to": ...}}; '' is unknown
) STRICT;

-- One answered request that its sender may send again, by the hash of who sent it and of its key; for a day.
CREATE TABLE answered_requests (
  key_hash TEXT PRIMARY KEY,
  request_hash TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_requests_by_time ON answered_requests (at_ms);

-- One link that shows one report to whoever has it, and nothing else; only its BLAKE2b-256 is kept, in hex.
CREATE TABLE shares (
  name TEXT PRIMARY KEY,
  key_hash TEXT NOT NULL UNIQUE,
  report TEXT NOT NULL,
  segment TEXT NOT NULL,  -- JSON: {"under": "/reviews/", "days": 28}
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER
) STRICT, WITHOUT ROWID;
