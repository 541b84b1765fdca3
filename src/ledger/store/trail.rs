//! Pages of the log that fit a query, at the same price wherever they are and however long the log is.
//!
//! Every condition with an index is a row of numbers in order. The search leaps from one to the other until all agree on
//! a number, so that a rare one makes the others cheap. It stops after so many steps, whatever it found.
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params, params_from_iter};

use super::column::{Id, Number, Time};
use super::failure::Attempt;
use super::file::Store;
use super::log;
use crate::domain::row::{Kind, RowId};
use crate::domain::user::CredentialKind;
use crate::ledger::entry::{Body, Header, StampKind};
use crate::ledger::fault::Fault;
use crate::ledger::query::{About, Direction, Query, Span, Who};

/// How much a body costs that is searched for words, in steps.
const READING: u32 = 4;

/// The most bodies of one entry that are searched for words.
const PARTS: u32 = 2_000;

/// One page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The entries that fit, in the order of the search.
    pub headers: Vec<Header>,
    /// Behind which number to go on; none when the end was reached.
    pub rest: Option<u64>,
    /// How many steps it took.
    pub steps: u32,
}

impl Store {
    /// One page of the entries that fit. `says` decides about the words, for entries that fit in all else.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn trail(
        &self,
        query: &Query,
        span: &Span,
        says: impl FnMut(&Header, &[Body]) -> bool,
    ) -> Result<Found, Fault> {
        self.ask(|conn| Search::new(conn, query, span, self.head.seq, says)?.run())
    }

    /// The first bodies of an entry, at most `limit`, and how many it has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_bodies(&self, seq: u64, limit: u32) -> Result<(Vec<Body>, u32), Fault> {
        self.ask(|conn| first_bodies(conn, seq, limit))
    }

    /// What an entry says about one row; none when it says nothing about it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn body_of(&self, seq: u64, row: RowId) -> Result<Option<Body>, Fault> {
        self.ask(|conn| {
            let mut statement = conn.prepare_cached(
                "SELECT n, kind, id, version, salt, bytes, hash FROM log_body INDEXED BY log_body_row \
                 WHERE kind = ?1 AND id = ?2 AND seq = ?3",
            )?;
            Ok(statement.query_row(params![row.kind.name(), Id(row.id), Number(seq)], log::body).optional()?)
        })
    }

    /// The header of one entry.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entry(&self, seq: u64) -> Result<Option<Header>, Fault> {
        self.ask(|conn| header(conn, seq))
    }

    /// The number of the first entry that is not before a moment; one more than the newest when all are before it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn first_since(&self, at: Timestamp) -> Result<u64, Fault> {
        self.ask(|conn| first_since(conn, at, self.head.seq))
    }
}

fn header(conn: &Connection, seq: u64) -> Attempt<Option<Header>> {
    let mut statement = conn.prepare_cached(log::HEADERS_AFTER)?;
    Ok(statement.query_row(log::between(seq.saturating_sub(1), seq), log::header).optional()?)
}

fn first_bodies(conn: &Connection, seq: u64, limit: u32) -> Attempt<(Vec<Body>, u32)> {
    let mut statement = conn.prepare_cached(
        "SELECT n, kind, id, version, salt, bytes, hash FROM log_body WHERE seq = ?1 ORDER BY n LIMIT ?2",
    )?;
    let bodies: Vec<_> = statement.query_map(params![Number(seq), limit], log::body)?.collect::<Result<_, _>>()?;
    let read = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
    if read < limit {
        return Ok((bodies, read));
    }
    let mut statement = conn.prepare_cached("SELECT max(n) + 1 FROM log_body WHERE seq = ?1")?;
    let all = statement.query_row([Number(seq)], |row| row.get::<_, Option<u32>>(0))?;
    Ok((bodies, all.unwrap_or(read)))
}

/// Time never goes backwards in a log, so that halving finds a moment.
fn first_since(conn: &Connection, at: Timestamp, newest: u64) -> Attempt<u64> {
    let mut statement = conn.prepare_cached("SELECT at FROM log WHERE seq = ?1")?;
    let (mut low, mut high) = (1, newest.saturating_add(1));
    while low < high {
        let middle = low + (high - low) / 2;
        let Time(there) = statement.query_row([Number(middle)], |row| row.get(0))?;
        if there < at { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

/// The numbers of the entries that fit one alternative of a condition.
struct Numbers<'c> {
    statement: CachedStatement<'c>,
    key: Vec<Value>,
    /// The number that was found last, or that none is left.
    next: Option<Option<u64>>,
}

impl<'c> Numbers<'c> {
    fn new(conn: &'c Connection, direction: Direction, source: &str, key: Vec<Value>) -> Attempt<Self> {
        let (sign, order) = match direction {
            Direction::Older => ("<=", "DESC"),
            Direction::Newer => (">=", "ASC"),
        };
        let place = key.len() + 1;
        let sql = format!("SELECT seq FROM {source} AND seq {sign} ?{place} ORDER BY seq {order} LIMIT 1");
        Ok(Self { statement: conn.prepare_cached(&sql)?, key, next: None })
    }

    /// The first number from `at` on.
    fn seek(&mut self, at: u64, direction: Direction, steps: &mut u32) -> Attempt<Option<u64>> {
        match self.next {
            Some(None) => return Ok(None),
            Some(Some(next)) if !is_past(at, next, direction) => return Ok(Some(next)),
            _ => {}
        }
        *steps += 1;
        let at = Value::Integer(i64::try_from(at).unwrap_or(i64::MAX));
        let key = params_from_iter(self.key.iter().chain([&at]));
        let next = self.statement.query_row(key, |row| row.get(0)).optional()?.map(|Number(next)| next);
        self.next = Some(next);
        Ok(next)
    }
}

/// Whether a search at `at` left `number` behind.
const fn is_past(at: u64, number: u64, direction: Direction) -> bool {
    match direction {
        Direction::Older => number > at,
        Direction::Newer => number < at,
    }
}

/// A condition: the alternatives of which one must fit.
struct Condition<'c>(Vec<Numbers<'c>>);

impl Condition<'_> {
    fn seek(&mut self, at: u64, direction: Direction, steps: &mut u32) -> Attempt<Option<u64>> {
        let mut nearest = None;
        for numbers in &mut self.0 {
            let Some(next) = numbers.seek(at, direction, steps)? else { continue };
            if nearest.is_none_or(|nearest| is_past(nearest, next, direction)) {
                nearest = Some(next);
            }
        }
        Ok(nearest)
    }
}

/// A search under way.
struct Search<'c, 'q, Says> {
    conn: &'c Connection,
    query: &'q Query,
    span: &'q Span,
    conditions: Vec<Condition<'c>>,
    /// The lowest and the highest number in question.
    bounds: (u64, u64),
    says: Says,
    found: Found,
}

impl<'c, 'q, Says: FnMut(&Header, &[Body]) -> bool> Search<'c, 'q, Says> {
    fn new(conn: &'c Connection, query: &'q Query, span: &'q Span, newest: u64, says: Says) -> Attempt<Self> {
        let since = |at: Option<Timestamp>| at.map(|at| first_since(conn, at, newest)).transpose();
        let low = since(query.from)?.unwrap_or(1);
        let high = since(query.until)?.map_or(newest, |after| after.saturating_sub(1));
        let conditions = conditions(conn, query, span.direction)?;
        Ok(Self { conn, query, span, conditions, bounds: (low, high), says, found: Found::default() })
    }

    fn run(mut self) -> Attempt<Found> {
        let (low, high) = self.bounds;
        let first = match self.span.direction {
            Direction::Older => self.span.from.saturating_sub(1).min(high),
            Direction::Newer => self.span.from.saturating_add(1).max(low),
        };
        let mut at = first;
        while (low..=high).contains(&at) {
            let Some(next) = self.settle(at, first)? else { return Ok(self.found) };
            at = match next {
                Settled::Everywhere(number) => number,
                Settled::OutOfBudget(number) => {
                    let last = self.before(number);
                    return Ok(self.rest(last));
                }
            };
            if !(low..=high).contains(&at) {
                break;
            }
            self.look_at(at)?;
            if self.found.headers.len() >= self.span.limit || self.found.steps >= self.span.budget {
                return Ok(self.rest(at));
            }
            at = match self.span.direction {
                Direction::Older => at - 1,
                Direction::Newer => at + 1,
            };
        }
        Ok(self.found)
    }

    /// The first number from `at` on that all conditions agree on. Stops early only when it came some way.
    fn settle(&mut self, mut at: u64, first: u64) -> Attempt<Option<Settled>> {
        'anew: loop {
            if self.found.steps >= self.span.budget && at != first {
                return Ok(Some(Settled::OutOfBudget(at)));
            }
            for condition in &mut self.conditions {
                match condition.seek(at, self.span.direction, &mut self.found.steps)? {
                    None => return Ok(None),
                    Some(next) if next != at => {
                        at = next;
                        continue 'anew;
                    }
                    Some(_) => {}
                }
            }
            return Ok(Some(Settled::Everywhere(at)));
        }
    }

    /// The number that comes just before one in the order of the search.
    const fn before(&self, number: u64) -> u64 {
        match self.span.direction {
            Direction::Older => number + 1,
            Direction::Newer => number - 1,
        }
    }

    fn rest(mut self, last: u64) -> Found {
        let (low, high) = self.bounds;
        let over = match self.span.direction {
            Direction::Older => last <= low,
            Direction::Newer => last >= high,
        };
        self.found.rest = (!over).then_some(last);
        self.found
    }

    fn look_at(&mut self, seq: u64) -> Attempt<()> {
        self.found.steps += 1;
        let Some(header) = header(self.conn, seq)? else { return Ok(()) };
        if let Some(Who::Kind(kind)) = self.query.who
            && header.actor.kind != kind
        {
            return Ok(());
        }
        if let Some(About::Kind(kind)) = self.query.about {
            self.found.steps += 1;
            let mut statement = self.conn.prepare_cached("SELECT 1 FROM log_body WHERE seq = ?1 AND kind = ?2")?;
            if !statement.exists(params![Number(seq), kind.name()])? {
                return Ok(());
            }
        }
        if !self.query.text.trim().is_empty() {
            let (bodies, _) = first_bodies(self.conn, seq, PARTS)?;
            self.found.steps += READING * u32::try_from(bodies.len()).unwrap_or(PARTS);
            if !(self.says)(&header, &bodies) {
                return Ok(());
            }
        }
        self.found.headers.push(header);
        Ok(())
    }
}

/// Where the conditions came to.
enum Settled {
    /// All agree on this number.
    Everywhere(u64),
    /// They came so far, and may go on from here.
    OutOfBudget(u64),
}

/// The conditions that an index answers.
fn conditions<'c>(conn: &'c Connection, query: &Query, direction: Direction) -> Attempt<Vec<Condition<'c>>> {
    const USER: &str = "log INDEXED BY log_user WHERE user IS ?1";
    const COMMAND: &str = "log INDEXED BY log_command WHERE command = ?1";
    const OUTCOME: &str = "log INDEXED BY log_outcome WHERE outcome = ?1";
    const ROW: &str = "log_body INDEXED BY log_body_row WHERE kind = ?1 AND id = ?2";
    let text = |text: &str| vec![Value::Text(text.to_owned())];
    let mut all: Vec<(&str, Vec<Vec<Value>>)> = Vec::new();
    match query.who {
        Some(Who::User(user)) => all.push((USER, vec![vec![Value::Blob(user.uuid().into_bytes().to_vec())]])),
        Some(Who::Kind(StampKind::Person)) | None => {}
        // A person who is no user yet is noted without one.
        Some(Who::Kind(_)) => all.push((USER, vec![vec![Value::Null]])),
    }
    if let Some(About::Row(row)) = query.about {
        let key = |row: RowId| vec![Value::Text(row.kind.name().into()), Value::Blob(row.id.into_bytes().to_vec())];
        all.push((ROW, with_credentials(row).map(key).collect()));
    }
    if !query.outcomes.is_empty() {
        all.push((OUTCOME, query.outcomes.iter().map(|outcome| text(outcome.code())).collect()));
    }
    if !query.commands.is_empty() {
        all.push((COMMAND, query.commands.iter().map(|command| text(command)).collect()));
    }
    let conditions = all.into_iter().map(|(source, keys)| {
        let numbers = keys.into_iter().map(|key| Numbers::new(conn, direction, source, key));
        Ok(Condition(numbers.collect::<Attempt<_>>()?))
    });
    conditions.collect()
}

/// A row, and what its owner can prove: those rows have the same id.
pub(super) fn with_credentials(row: RowId) -> impl Iterator<Item = RowId> {
    let kinds: &[CredentialKind] = match row.kind {
        Kind::User => &[CredentialKind::Passphrase],
        Kind::Invitation => &[CredentialKind::InvitationCode],
        Kind::Organization => &[CredentialKind::RecoveryCode],
        _ => &[],
    };
    let credentials = kinds.iter().map(move |kind| RowId { kind: Kind::Credential(*kind), id: row.id });
    std::iter::once(row).chain(credentials)
}
