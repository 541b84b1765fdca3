-- Version 2: four-eyes approvals.

CREATE TABLE security (
    organization BLOB NOT NULL PRIMARY KEY REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    four_eyes_begun INTEGER NOT NULL CHECK (four_eyes_begun IN (0, 1)),
    code_due BLOB REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;
CREATE INDEX security_code_due ON security (code_due);

-- The areas in which a second person decides.
CREATE TABLE four_eyes_area (
    organization BLOB NOT NULL REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    area TEXT NOT NULL,
    PRIMARY KEY (organization, area)
) STRICT, WITHOUT ROWID;

-- Uses of the recovery code that no Owner took note of yet.
CREATE TABLE emergency (
    organization BLOB NOT NULL REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER NOT NULL,
    at TEXT NOT NULL,
    owner_reset BLOB REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    claimed BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (organization, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX emergency_owner_reset ON emergency (owner_reset);
CREATE INDEX emergency_claimed ON emergency (claimed);

-- Users with the same mailbox who were declared to be other people.
CREATE TABLE user_apart (
    user BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    other BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (user, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_apart_other ON user_apart (other);

-- Since when and by whom somebody is deactivated.
CREATE TABLE user_deactivated (
    user BLOB NOT NULL PRIMARY KEY REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    by BLOB NOT NULL REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX user_deactivated_by ON user_deactivated (by);

-- Changes that wait, or waited, for a second person. Closed history names people and roles by id alone.
CREATE TABLE change_request (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    requester BLOB NOT NULL CHECK (length(requester) = 16),
    requester_role BLOB NOT NULL CHECK (length(requester_role) = 16),
    filed TEXT NOT NULL,
    expires TEXT NOT NULL,
    entry INTEGER NOT NULL,
    area TEXT NOT NULL,
    command TEXT NOT NULL,
    summary TEXT NOT NULL,
    effect BLOB NOT NULL CHECK (length(effect) = 32),
    told TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'applied', 'rejected', 'withdrawn')),
    decided TEXT,
    decided_by BLOB CHECK (length(decided_by) = 16),
    decided_role BLOB CHECK (length(decided_role) = 16),
    reason TEXT,
    code_seen INTEGER CHECK (code_seen IN (0, 1)),
    parked_version INTEGER,
    parked TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX change_request_state ON change_request (state, filed);
