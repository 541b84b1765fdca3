-- Version 3: the audit trail.

-- The newest entry of the log, so that an end that was cut off is noticed.
CREATE TABLE log_head (
    singleton INTEGER NOT NULL PRIMARY KEY CHECK (singleton = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Bodies in which a person was blanked, by the entry that did it: the hash that fitted before, and the one that fits
-- now. The same is said, under the chain, by the bodies of that entry.
CREATE TABLE redaction (
    seq INTEGER NOT NULL,
    n INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    old BLOB NOT NULL CHECK (length(old) = 32),
    new BLOB NOT NULL CHECK (length(new) = 32),
    PRIMARY KEY (seq, n, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX redaction_entry ON redaction (entry);

CREATE TRIGGER redaction_is_appended BEFORE INSERT ON redaction
WHEN NEW.entry IS NOT (SELECT max(seq) FROM log) OR NEW.seq >= NEW.entry
BEGIN SELECT RAISE(ABORT, 'only the newest entry blanks, and only older ones'); END;

CREATE TRIGGER redaction_is_kept BEFORE DELETE ON redaction
BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;

CREATE TRIGGER redaction_is_fixed BEFORE UPDATE ON redaction
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;

-- Only salt and content of a body ever change, and only as the newest entry says.
DROP TRIGGER log_body_is_fixed;
CREATE TRIGGER log_body_is_fixed BEFORE UPDATE ON log_body
WHEN NEW.seq IS NOT OLD.seq OR NEW.n IS NOT OLD.n OR NEW.kind IS NOT OLD.kind OR NEW.id IS NOT OLD.id
    OR NEW.version IS NOT OLD.version OR NEW.hash IS NOT OLD.hash OR NEW.bytes IS NULL
    OR NOT EXISTS (
        SELECT 1 FROM redaction
        WHERE seq = OLD.seq AND n = OLD.n AND entry = (SELECT max(seq) FROM log)
    )
BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;

-- For the questions to the trail: who, what, and what became of it, newest first.
CREATE INDEX log_user ON log (user, seq);
CREATE INDEX log_command ON log (command, seq);
CREATE INDEX log_outcome ON log (outcome, seq);

-- What stands beside the log carries a digest of its own, so that damage to it is noticed too.
ALTER TABLE outbox ADD COLUMN seal BLOB CHECK (length(seal) = 32);
ALTER TABLE attempt ADD COLUMN seal BLOB CHECK (length(seal) = 32);
ALTER TABLE stranger ADD COLUMN seal BLOB CHECK (length(seal) = 32);
