-- One organization. Tables hold what is; the log holds how it came about.
-- Ids are UUIDs (version 7) of 16 bytes; times are RFC 3339 in UTC.
-- Foreign keys are checked at the end of a transaction, so that rows can be written in any order.

CREATE TABLE organization (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    singleton INTEGER NOT NULL DEFAULT 1 UNIQUE CHECK (singleton = 1),
    name TEXT NOT NULL,
    nature TEXT NOT NULL CHECK (nature IN ('real', 'sample')),
    founded TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_domain (
    organization BLOB NOT NULL REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    domain TEXT NOT NULL,
    PRIMARY KEY (organization, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    parent BLOB REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX entity_name_below ON entity (parent, name_key);
CREATE UNIQUE INDEX entity_name_on_top ON entity (name_key) WHERE parent IS NULL;

CREATE TABLE account (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    entity BLOB NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    identifier TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('provisioned', 'ignored'))
) STRICT, WITHOUT ROWID;
CREATE INDEX account_entity ON account (entity);
CREATE UNIQUE INDEX account_identifier ON account (identifier, currency);

CREATE TABLE role (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    setup TEXT NOT NULL CHECK (setup IN ('owner', 'simple', 'advanced')),
    scope TEXT NOT NULL CHECK (scope IN ('all_future', 'chosen')),
    state TEXT NOT NULL CHECK (state IN ('active', 'deleted')),
    created TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX role_name ON role (name_key) WHERE state = 'active';

-- Simple setup: the ticked groups.
CREATE TABLE role_group (
    role BLOB NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    permission_group TEXT NOT NULL,
    PRIMARY KEY (role, permission_group)
) STRICT, WITHOUT ROWID;

-- Advanced setup: the ticked permissions.
CREATE TABLE role_permission (
    role BLOB NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    resource TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('read', 'create', 'update', 'delete')),
    PRIMARY KEY (role, resource, level)
) STRICT, WITHOUT ROWID;

CREATE TABLE role_entity (
    role BLOB NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    entity BLOB NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (role, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_entity_entity ON role_entity (entity);

CREATE TABLE role_account (
    role BLOB NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    account BLOB NOT NULL REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (role, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX role_account_account ON role_account (account);

CREATE TABLE user (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active', 'deactivated', 'removed')),
    joined TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user_role (
    user BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    role BLOB NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (user, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_role_role ON user_role (role);

CREATE TABLE user_code_seen (
    user BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    seen_by BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (user, seen_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_code_seen_by ON user_code_seen (seen_by);

CREATE TABLE invitation (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    address TEXT NOT NULL,
    name TEXT,
    invited_by BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    invited TEXT NOT NULL,
    sent TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_invited_by ON invitation (invited_by);

CREATE TABLE invitation_role (
    invitation BLOB NOT NULL REFERENCES invitation (id) DEFERRABLE INITIALLY DEFERRED,
    role BLOB NOT NULL REFERENCES role (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (invitation, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_role_role ON invitation_role (role);

CREATE TABLE invitation_code_seen (
    invitation BLOB NOT NULL REFERENCES invitation (id) DEFERRABLE INITIALLY DEFERRED,
    seen_by BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (invitation, seen_by)
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_code_seen_by ON invitation_code_seen (seen_by);

-- Every address that is taken, in the form in which addresses are compared. One address, one holder.
CREATE TABLE address (
    key TEXT NOT NULL PRIMARY KEY,
    typed TEXT NOT NULL,
    user BLOB REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    invitation BLOB REFERENCES invitation (id) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((user IS NULL) <> (invitation IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX address_user ON address (user) WHERE user IS NOT NULL;
CREATE UNIQUE INDEX address_invitation ON address (invitation) WHERE invitation IS NOT NULL;

-- That somebody can prove something. The digest is SHA-256 of the bytes in the table secret.
CREATE TABLE credential (
    kind TEXT NOT NULL CHECK (kind IN ('passphrase', 'invitation_code', 'recovery_code')),
    owner BLOB NOT NULL CHECK (length(owner) = 16),
    since TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (kind, owner)
) STRICT, WITHOUT ROWID;

-- Hashes of what people know. Never in the log.
CREATE TABLE secret (
    kind TEXT NOT NULL,
    owner BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (kind, owner),
    FOREIGN KEY (kind, owner) REFERENCES credential (kind, owner) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX secret_code ON secret (bytes) WHERE kind = 'invitation_code';

-- Failed sign-ins. The key is a hash of the address, known or unknown.
CREATE TABLE attempt (
    key BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    failures INTEGER NOT NULL,
    paused_until TEXT,
    last TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed sign-ins at unknown addresses since the last entry about them.
CREATE TABLE stranger (
    singleton INTEGER NOT NULL PRIMARY KEY CHECK (singleton = 1),
    tries INTEGER NOT NULL,
    noted TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages of open invitations, and when each was asked for. No codes: they are drawn when a message is sent.
CREATE TABLE outbox (
    invitation BLOB NOT NULL PRIMARY KEY REFERENCES invitation (id) DEFERRABLE INITIALLY DEFERRED,
    asked TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    tries INTEGER NOT NULL,
    next_try TEXT NOT NULL,
    last_error TEXT,
    written TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_waiting ON outbox (next_try) WHERE state = 'waiting';

-- The log: headers and bodies, chained by their hashes. Nothing in it is ever changed.
CREATE TABLE log (
    seq INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    command TEXT NOT NULL,
    outcome TEXT NOT NULL,
    actor TEXT NOT NULL,
    user BLOB CHECK (length(user) = 16),
    role BLOB CHECK (length(role) = 16),
    session BLOB CHECK (length(session) = 16),
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX log_sign_in ON log (user, seq) WHERE command = 'sign_in' AND outcome = 'done';

CREATE TABLE log_body (
    seq INTEGER NOT NULL REFERENCES log (seq) DEFERRABLE INITIALLY DEFERRED,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id BLOB CHECK (length(id) = 16),
    version INTEGER NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    bytes BLOB,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (seq, n)
) STRICT;
CREATE INDEX log_body_row ON log_body (kind, id, seq);

CREATE TRIGGER log_is_appended BEFORE INSERT ON log
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM log)
BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END;

CREATE TRIGGER log_is_kept BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;

CREATE TRIGGER log_is_fixed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;

CREATE TRIGGER log_body_is_appended BEFORE INSERT ON log_body
WHEN NEW.seq IS NOT (SELECT max(seq) FROM log)
    OR NEW.n IS NOT (SELECT coalesce(max(n), -1) + 1 FROM log_body WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'the log only grows at its end'); END;

CREATE TRIGGER log_body_is_kept BEFORE DELETE ON log_body
BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;

CREATE TRIGGER log_body_is_fixed BEFORE UPDATE ON log_body
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
