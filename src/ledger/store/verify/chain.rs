//! Where the log stops fitting together, and what was done to it there.
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::finding::Finding;
use crate::domain::user::Digest;
use crate::ledger::entry::{Head, Header, Seal};
use crate::ledger::store::column::{Number, Time};
use crate::ledger::store::failure::{Attempt, Failure};
use crate::ledger::store::log;

/// A number in the log that no entry can have.
pub(super) fn impossible_number(conn: &Connection) -> Attempt<Option<Finding>> {
    for table in ["log", "log_body", "redaction"] {
        let sql = format!("SELECT seq FROM {table} WHERE seq < 1 LIMIT 1");
        let found: Option<i64> = conn.query_row(&sql, [], |row| row.get(0)).optional()?;
        if let Some(number) = found {
            let why = format!("something stands in front of it, under the number {number}");
            return Ok(Some(Finding::Edited { seq: 1, why }));
        }
    }
    Ok(None)
}

/// What was done to the log where a walk along it stopped: at the entry `seq`, because of `why`.
pub(super) fn diagnose(conn: &Connection, seq: u64, why: String) -> Attempt<Finding> {
    let places = Places::read(conn)?;
    if seq > places.newest {
        let why = format!("parts of entry {seq} are left");
        return Ok(Finding::TailCut { last: places.newest, why });
    }
    let before = places.head(conn, seq)?;
    let edited = |why| Ok(Finding::Edited { seq, why });
    let elsewhere = |conn| places.standing_of(conn, seq, before.hash);
    let Some(found) = Candidate::read(conn, seq)? else {
        if places.hash(seq).is_some() {
            return edited(why);
        }
        return Ok(match elsewhere(conn)? {
            Some(stands) => Finding::Reordered { seq, stands },
            None => Finding::Missing { seq },
        });
    };
    if found.fits(seq, before.hash) {
        let clock = found.header.previous == before.hash && found.header.at < before.at;
        return if clock { Ok(Finding::Clock { seq, at: found.header.at }) } else { edited(why) };
    }
    if seq > 1 && found.fits(seq, found.header.previous) {
        let why = "the entry behind it knows it by another hash".into();
        return Ok(Finding::Edited { seq: seq - 1, why });
    }
    if let Some(stands) = elsewhere(conn)? {
        return Ok(Finding::Reordered { seq, stands });
    }
    if places.belongs_elsewhere(conn, &found)? { Ok(Finding::Missing { seq }) } else { edited(why) }
}

/// Which entry the log holds under which number, by their hashes as they are noted.
struct Places {
    hashes: Vec<(u64, Digest)>,
    newest: u64,
}

impl Places {
    fn read(conn: &Connection) -> Attempt<Self> {
        let mut statement = conn.prepare("SELECT seq, hash FROM log WHERE seq > 0 ORDER BY seq")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, Number>(0)?.0, row.get(1)?)))?;
        let hashes = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        let newest = hashes.last().map_or(0, |(seq, _)| *seq);
        Ok(Self { hashes, newest })
    }

    fn hash(&self, seq: u64) -> Option<Digest> {
        let place = self.hashes.binary_search_by_key(&seq, |(seq, _)| *seq).ok()?;
        self.hashes.get(place).map(|(_, hash)| *hash)
    }

    /// What the entry `seq` has to continue. Everything in front of it was found right.
    fn head(&self, conn: &Connection, seq: u64) -> Attempt<Head> {
        let Some(hash) = self.hash(seq - 1) else { return Ok(Head::START) };
        let Time(at) = conn.query_row("SELECT at FROM log WHERE seq = ?1", [Number(seq - 1)], |row| row.get(0))?;
        Ok(Head { seq: seq - 1, at, hash })
    }

    /// Under which number the entry stands whose place is `seq`, behind the entry with the hash `before`.
    fn standing_of(&self, conn: &Connection, seq: u64, before: Digest) -> Attempt<Option<u64>> {
        for (stands, _) in self.hashes.iter().filter(|(stands, _)| *stands > seq) {
            if Candidate::read(conn, *stands)?.is_some_and(|candidate| candidate.fits(seq, before)) {
                return Ok(Some(*stands));
            }
        }
        Ok(None)
    }

    /// Whether an entry has another number than the one that it stands under. Whoever moved it may have written it a
    /// new predecessor; the old one may stand around its old place, the entry behind it names it still, and so does the
    /// note of the newest one.
    fn belongs_elsewhere(&self, conn: &Connection, found: &Candidate) -> Attempt<bool> {
        let Header { seq: stands, previous, hash, .. } = found.header;
        let behind = Candidate::read(conn, stands + 1)?;
        let mut noted = conn.prepare("SELECT 1 FROM log_head WHERE hash = ?1 AND seq <> ?2")?;
        if noted.exists(params![hash, Number(stands)])? {
            return Ok(true);
        }
        Ok((1..=self.newest + 1).filter(|number| *number != stands).any(|number| {
            let around = [Some(previous), self.hash(number - 1), self.hash(number)];
            around.into_iter().flatten().any(|previous| found.fits(number, previous))
                || behind.as_ref().is_some_and(|behind| behind.fits(number + 1, hash))
        }))
    }
}

/// An entry as it stands in the log, believed in nothing.
struct Candidate {
    header: Header,
    bodies: Vec<(u16, Digest)>,
}

impl Candidate {
    /// None when there is no such entry, or when it cannot be read.
    fn read(conn: &Connection, seq: u64) -> Attempt<Option<Self>> {
        let mut statement = conn.prepare_cached(&format!("{} LIMIT 1", log::HEADERS_AFTER))?;
        let header = statement.query_row(log::between(seq - 1, seq), log::header).optional();
        let Some(header) = readable(header)?.flatten() else { return Ok(None) };
        let mut statement = conn.prepare_cached("SELECT version, hash FROM log_body WHERE seq = ?1 ORDER BY n")?;
        let bodies = statement.query_map([Number(seq)], |row| Ok((row.get(0)?, row.get(1)?)))?.collect();
        Ok(readable(bodies)?.map(|bodies| Self { header, bodies }))
    }

    /// Whether it was once appended under this number, behind the entry with the hash `previous`.
    fn fits(&self, seq: u64, previous: Digest) -> bool {
        let mut seal = Seal::new(&Header { seq, previous, ..self.header.clone() });
        self.bodies.iter().for_each(|(version, hash)| seal.add(*version, hash));
        seal.finish() == self.header.hash
    }
}

/// None in place of what cannot be read.
fn readable<T>(read: rusqlite::Result<T>) -> Attempt<Option<T>> {
    match read.map_err(|error| Failure::from(error).in_table("log")) {
        Ok(read) => Ok(Some(read)),
        Err(Failure::Damage(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// When the first entry was made.
pub(super) fn first(conn: &Connection) -> Attempt<Option<Timestamp>> {
    let at = conn.query_row("SELECT at FROM log ORDER BY seq LIMIT 1", [], |row| row.get(0)).optional()?;
    Ok(at.map(|Time(at)| at))
}
