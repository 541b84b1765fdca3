//! Somebody who can write the file, knows exactly how it is made, and does not have the key.
use std::path::Path;

use rolodeck::domain::id::EntryId;
use rolodeck::domain::user::Digest;
use rolodeck::ledger::entry::{Body, Head, Header, Outcome, Seal, Stamp, StampKind, time_text};
use rolodeck::ledger::store::Store;
use rusqlite::{Connection, params};
use serde_json::json;

/// An entry with its bodies.
pub type Whole = (Header, Vec<Body>);

/// The file, open in another tool, with the triggers taken out; and its log.
pub struct Forger {
    pub raw: Connection,
    pub log: Vec<Whole>,
    triggers: Vec<String>,
}

impl Forger {
    pub fn over(path: &Path) -> Self {
        let store = Store::open_read_only(path).unwrap();
        let log = store.entries(0, u32::MAX).unwrap();
        let log = log.into_iter().map(|header| (header.clone(), store.bodies(header.seq).unwrap())).collect();
        drop(store);
        let raw = Connection::open(path).unwrap();
        raw.pragma_update(None, "foreign_keys", false).unwrap();
        let found: Vec<(String, String)> = raw
            .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        found.iter().for_each(|(name, _)| raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
        Self { raw, log, triggers: found.into_iter().map(|(_, sql)| sql).collect() }
    }

    /// Does something with SQL, which must have an effect.
    #[track_caller]
    pub fn sql(&self, statements: &str) -> &Self {
        let before = self.raw.total_changes();
        self.raw.execute_batch(statements).unwrap();
        assert!(self.raw.total_changes() > before, "{statements} changed nothing");
        self
    }

    /// Puts the triggers back and closes the file.
    pub fn done(self) {
        self.triggers.iter().for_each(|sql| self.raw.execute_batch(sql).unwrap());
        self.raw.close().unwrap();
    }

    /// Numbers all entries anew in the order in which they are, without touching their hashes.
    pub fn renumber(&mut self) {
        (1..).zip(&mut self.log).for_each(|(seq, (header, _))| header.seq = seq);
    }

    /// Computes the hashes of all bodies and entries anew, each from the one before it.
    pub fn compute(&mut self) {
        let mut head = Head::START;
        for (header, bodies) in &mut self.log {
            header.seq = head.seq + 1;
            header.previous = head.hash;
            for body in bodies.iter_mut() {
                body.hash = body.fitting_hash();
            }
            header.hash = fitting(header, bodies);
            head = header.head();
        }
    }

    /// Writes the log as it is now in place of the one in the file.
    pub fn write(&self) -> &Self {
        self.raw.execute_batch("BEGIN; DELETE FROM log_body; DELETE FROM log").unwrap();
        self.log.iter().for_each(|(header, bodies)| self.put(header, bodies));
        self.raw.execute_batch("COMMIT").unwrap();
        self
    }

    /// Notes the newest entry as it is now.
    pub fn note_head(&self) -> &Self {
        let head = self.log.last().map_or(Head::START, |(header, _)| header.head());
        self.raw.execute("UPDATE log_head SET seq = ?1, hash = ?2", params![head.seq as i64, head.hash.0]).unwrap();
        self
    }

    /// Blanks these bodies by an entry that says so, as the program does.
    pub fn blank(&mut self, places: &[(u64, u32)]) {
        let mut lines = Vec::new();
        let last = self.log.last().unwrap().0.clone();
        for (seq, n) in places {
            let body = &mut self.log[*seq as usize - 1].1[*n as usize];
            let old = body.hash;
            body.bytes = Some(br#"{"name":"","blanked":true}"#.to_vec());
            body.salt = [9; 16];
            let new = body.fitting_hash();
            lines.push(json!({ "seq": seq, "n": n, "old": old, "new": new }));
            let sql = "UPDATE log_body SET salt = ?3, bytes = ?4 WHERE seq = ?1 AND n = ?2";
            self.raw.execute(sql, params![*seq as i64, n, body.salt, body.bytes]).unwrap();
            let sql = "INSERT INTO redaction (seq, n, entry, old, new) VALUES (?1, ?2, ?3, ?4, ?5)";
            self.raw.execute(sql, params![*seq as i64, n, last.seq as i64 + 1, old.0, new.0]).unwrap();
        }
        let bytes = Some(serde_json::Value::from(lines).to_string().into_bytes());
        self.append("erase_person", "redaction", bytes);
    }

    /// Appends an entry with one body, and notes it as the newest.
    pub fn append(&mut self, command: &str, kind: &str, bytes: Option<Vec<u8>>) {
        let last = self.log.last().unwrap().0.clone();
        let (kind, hash) = (kind.into(), Digest([0; 32]));
        let mut body = Body { n: 0, kind, id: None, version: 1, salt: [8; 16], bytes, hash };
        body.hash = body.fitting_hash();
        let mut header = Header {
            seq: last.seq + 1,
            id: EntryId::new(last.at, &[last.seq as u8; 10]),
            command: command.into(),
            outcome: Outcome::Done,
            actor: Stamp::of(StampKind::System),
            previous: last.hash,
            ..last
        };
        header.hash = fitting(&header, std::slice::from_ref(&body));
        self.put(&header, std::slice::from_ref(&body));
        self.log.push((header, vec![body]));
        self.note_head();
    }

    fn put(&self, header: &Header, bodies: &[Body]) {
        let sql = "INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let (seq, actor) = (header.seq as i64, &header.actor);
        let id = |uuid: uuid::Uuid| uuid.as_bytes().to_vec();
        self.raw
            .prepare_cached(sql)
            .unwrap()
            .execute(params![
                seq,
                time_text(header.at),
                id(header.id.uuid()),
                header.command,
                header.outcome.code(),
                actor.kind.name(),
                actor.user.map(|user| id(user.uuid())),
                actor.role.map(|role| id(role.uuid())),
                actor.session.map(|session| id(session.uuid())),
                header.previous.0,
                header.hash.0,
            ])
            .unwrap();
        let mut put = self.raw.prepare_cached("INSERT INTO log_body VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)").unwrap();
        for body in bodies {
            let row =
                params![seq, body.n, body.kind, body.id.map(id), body.version, body.salt, body.bytes, body.hash.0];
            put.execute(row).unwrap();
        }
    }
}

/// The hash that fits an entry.
fn fitting(header: &Header, bodies: &[Body]) -> Digest {
    let mut seal = Seal::new(header);
    bodies.iter().for_each(|body| seal.add(&body.hash));
    seal.finish()
}
