//! Somebody who can write the file, knows exactly how it is made, and does not have the key.
use std::path::Path;

use rolodeck::domain::address::EmailAddress;
use rolodeck::domain::erasure::frame;
use rolodeck::domain::id::{EntryId, UserId};
use rolodeck::domain::name::PersonName;
use rolodeck::domain::user::Digest;
use rolodeck::ledger::entry::{Body, Head, Header, Outcome, Redaction, Seal, Stamp, StampKind, VERSION, time_text};
use rolodeck::ledger::store::Store;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

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

    /// Takes every text about people out of these bodies by an entry that says so, as well formed as the program's.
    pub fn blank(&mut self, places: &[(u64, u32)]) {
        places.iter().for_each(|place| {
            self.redact(*place, |kind, value| {
                *value = frame(kind, value.clone());
                if kind == "user" {
                    let id = UserId::from_uuid(value["id"].as_str().unwrap().parse().unwrap());
                    value["address"] = EmailAddress::erased(id).as_str().into();
                    value["name"] = PersonName::erased().as_str().into();
                }
            });
        });
    }

    /// Changes what a body says, and appends an entry that calls this a redaction, as well formed as the program's.
    pub fn redact(&mut self, (seq, n): (u64, u32), change: impl FnOnce(&str, &mut Value)) {
        let last = self.log.last().unwrap().0.seq as i64;
        let body = &mut self.log[seq as usize - 1].1[n as usize];
        let mut value = serde_json::from_slice(body.bytes.as_deref().unwrap()).unwrap();
        let sql = "SELECT new FROM redaction WHERE seq = ?1 AND n = ?2 ORDER BY entry DESC LIMIT 1";
        let old = self.raw.query_row(sql, params![seq as i64, n], |row| row.get(0));
        let old = Digest(old.unwrap_or(body.hash.0));
        // Of what was blanked before, the first inner hash stands in the log.
        let inner = if old == body.hash { body.inner() } else { first_inner(&self.log, (seq, n)) };
        let body = &mut self.log[seq as usize - 1].1[n as usize];
        change(&body.kind, &mut value);
        body.bytes = Some(value.to_string().into_bytes());
        body.salt = [9; 16];
        let (new, inner) = (body.fitting_hash(), body.is_framed().then_some(inner));
        let sql = "UPDATE log_body SET salt = ?3, bytes = ?4, version = ?5 WHERE seq = ?1 AND n = ?2";
        self.raw.execute(sql, params![seq as i64, n, body.salt, body.bytes, body.version]).unwrap();
        let sql = "INSERT INTO redaction (seq, n, entry, old, new) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.raw.execute(sql, params![seq as i64, n, last + 1, old.0, new.0]).unwrap();
        let told = json!([Redaction { seq, n, old, new, inner }]);
        self.append("erase_person", Redaction::KIND, Some(told.to_string().into_bytes()));
    }

    /// Makes all of it as it was written when the first version of bodies was the only one.
    pub fn turn_back(&mut self) {
        self.log.iter_mut().flat_map(|(_, bodies)| bodies).for_each(|body| body.version = 1);
        self.compute();
        self.write().note_head();
    }

    /// Appends an entry with one body, and notes it as the newest.
    pub fn append(&mut self, command: &str, kind: &str, bytes: Option<Vec<u8>>) {
        let last = self.log.last().unwrap().0.clone();
        let (kind, hash) = (kind.into(), Digest([0; 32]));
        let mut body = Body { n: 0, kind, id: None, version: VERSION, salt: [8; 16], bytes, hash };
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

/// The inner hash of what a body said first, as an entry says that blanked it.
fn first_inner(log: &[Whole], place: (u64, u32)) -> Digest {
    let told = log.iter().flat_map(|(_, bodies)| bodies).filter(|body| &*body.kind == Redaction::KIND);
    let mut lines = told.flat_map(|body| Redaction::read(body).unwrap());
    lines.find(|line| (line.seq, line.n) == place).and_then(|line| line.inner).unwrap()
}

/// The hash that fits an entry.
fn fitting(header: &Header, bodies: &[Body]) -> Digest {
    let mut seal = Seal::new(header);
    bodies.iter().for_each(|body| seal.add(body.version, &body.hash));
    seal.finish()
}
