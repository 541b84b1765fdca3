//! Whether the tables hold what the log says, in every column.
//!
//! What the log says is written into empty tables of ours, by the statements that wrote the file's, and both are
//! compared row by row. So nothing needs to be understood that somebody may have damaged.
use std::cmp::Ordering;

use jiff::Timestamp;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode, Row};
use uuid::Uuid;

use super::finding::Finding;
use crate::domain::change_request::Told;
use crate::domain::org::Org;
use crate::domain::row::{Difference, Kind, RowId};
use crate::ledger::entry::Head;
use crate::ledger::store::failure::{Attempt, Failure};
use crate::ledger::store::{address, put};

/// One table: its name, by which columns its rows are named, and what they belong to.
struct Table {
    name: &'static str,
    key: &'static [&'static str],
    of: Of,
}

/// What a table's rows belong to.
enum Of {
    /// The row whose id stands first.
    Row(Kind),
    /// The credential whose kind and owner stand first.
    Credential,
    /// The address that stands first.
    Address,
}

const fn table(name: &'static str, key: &'static [&'static str], kind: Kind) -> Table {
    Table { name, key, of: Of::Row(kind) }
}

const TABLES: [Table; 23] = [
    table("organization", &["id"], Kind::Organization),
    table("organization_domain", &["organization", "position"], Kind::Organization),
    table("security", &["organization"], Kind::Organization),
    table("four_eyes_area", &["organization", "area"], Kind::Organization),
    table("emergency", &["organization", "position"], Kind::Organization),
    table("entity", &["id"], Kind::Entity),
    table("account", &["id"], Kind::Account),
    table("role", &["id"], Kind::Role),
    table("role_group", &["role", "permission_group"], Kind::Role),
    table("role_permission", &["role", "resource", "level"], Kind::Role),
    table("role_entity", &["role", "entity"], Kind::Role),
    table("role_account", &["role", "account"], Kind::Role),
    table("user", &["id"], Kind::User),
    table("user_role", &["user", "role"], Kind::User),
    table("user_code_seen", &["user", "seen_by"], Kind::User),
    table("user_apart", &["user", "other"], Kind::User),
    table("user_deactivated", &["user"], Kind::User),
    table("invitation", &["id"], Kind::Invitation),
    table("invitation_role", &["invitation", "role"], Kind::Invitation),
    table("invitation_code_seen", &["invitation", "seen_by"], Kind::Invitation),
    Table { name: "credential", key: &["kind", "owner"], of: Of::Credential },
    table("change_request", &["id"], Kind::ChangeRequest),
    Table { name: "address", key: &["key"], of: Of::Address },
];

/// The first row that differs.
pub(super) struct Differing {
    /// Which, as a finding.
    pub(super) finding: Finding,
    /// What in it was written after the newest entry, if anything was.
    pub(super) later: Option<String>,
}

/// Compares the tables with what the log says.
pub(super) fn differing(conn: &Connection, told: &Org, head: Head) -> Attempt<Option<Differing>> {
    let ours = Connection::open_in_memory()?;
    for table in &TABLES {
        // Every table of the file is ours; this was checked.
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        let made: String = conn.prepare_cached(sql)?.query_row([table.name], |row| row.get(0))?;
        ours.execute_batch(&made)?;
    }
    fill(&ours, told)?;
    for table in &TABLES {
        if let Some(stored) = table.differing(conn, &ours).map_err(|failure| failure.in_table(table.name))? {
            return Ok(Some(Differing { finding: table.finding(&stored), later: stored.later_than(head) }));
        }
    }
    Ok(None)
}

fn fill(ours: &Connection, told: &Org) -> Attempt<()> {
    ours.set_prepared_statement_cache_capacity(64);
    ours.pragma_update(None, "foreign_keys", false)?;
    ours.execute_batch("BEGIN")?;
    let difference = Difference::between(&Org::default(), told);
    let filled = put::rows(ours, &difference).and_then(|()| address::take(ours, &difference));
    filled.map_err(|failure| match failure {
        Failure::Sqlite(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Failure::Damage("the log tells of rows that cannot stand beside each other".into())
        }
        other => other,
    })
}

impl Table {
    /// The first row that is not the same in both.
    fn differing(&self, conn: &Connection, ours: &Connection) -> Attempt<Option<Stored>> {
        let sql = format!("SELECT * FROM {} ORDER BY {}", self.name, self.key.join(", "));
        let (mut told, mut found) = (ours.prepare(&sql)?, conn.prepare(&sql)?);
        let columns: Vec<String> = found.column_names().map(Into::into).collect();
        let (mut told, mut found) = (told.query([])?, found.query([])?);
        loop {
            let differs = match (told.next()?, found.next()?) {
                (None, None) => return Ok(None),
                (Some(told), None) => Stored::of(told, &columns, Presence::Missing)?,
                (None, Some(found)) => Stored::of(found, &columns, Presence::Added)?,
                (Some(told), Some(found)) => {
                    if same(told, found, &columns)? {
                        continue;
                    }
                    match self.order(told, found)? {
                        Ordering::Less => Stored::of(told, &columns, Presence::Missing)?,
                        Ordering::Equal => Stored::of(found, &columns, Presence::Changed)?,
                        Ordering::Greater => Stored::of(found, &columns, Presence::Added)?,
                    }
                }
            };
            return Ok(Some(differs));
        }
    }

    /// Which of two rows comes first.
    fn order(&self, one: &Row<'_>, other: &Row<'_>) -> Attempt<Ordering> {
        for column in self.key {
            let order = match (one.get_ref(*column)?, other.get_ref(*column)?) {
                (ValueRef::Integer(one), ValueRef::Integer(other)) => one.cmp(&other),
                (one, other) => one.as_bytes_or_null().ok().cmp(&other.as_bytes_or_null().ok()),
            };
            if order != Ordering::Equal {
                return Ok(order);
            }
        }
        Ok(Ordering::Equal)
    }

    /// What is wrong when this row differs.
    fn finding(&self, stored: &Stored) -> Finding {
        let kind = match self.of {
            Of::Row(kind) => Some(kind),
            Of::Credential => Kind::named(&stored.text(0)),
            Of::Address => None,
        };
        let id = if matches!(self.of, Of::Credential) { 1 } else { 0 };
        match kind {
            Some(kind) => Finding::Row(RowId { kind, id: stored.id(id) }),
            None => Finding::Address(stored.text(0)),
        }
    }
}

/// Whether both rows hold the same. What an approver was shown is the same when it reads the same: its form is that
/// of the program that wrote it.
fn same(one: &Row<'_>, other: &Row<'_>, columns: &[String]) -> Attempt<bool> {
    for (n, column) in columns.iter().enumerate() {
        let (one, other) = (one.get_ref(n)?, other.get_ref(n)?);
        if one != other && !(column == "told" && read(one).is_some_and(|told| read(other) == Some(told))) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn read(value: ValueRef<'_>) -> Option<Told> {
    serde_json::from_str(value.as_str().ok()?).ok()
}

/// How a row differs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Added,
    Missing,
    Changed,
}

/// A row that differs: what the file holds of it, or ours when it is missing there.
struct Stored {
    cells: Vec<(String, Value)>,
    presence: Presence,
}

impl Stored {
    fn of(row: &Row<'_>, columns: &[String], presence: Presence) -> Attempt<Self> {
        let cells = columns.iter().enumerate().map(|(n, name)| Ok((name.clone(), row.get(n)?)));
        Ok(Self { cells: cells.collect::<rusqlite::Result<_>>()?, presence })
    }

    fn id(&self, column: usize) -> Uuid {
        match self.cells.get(column) {
            Some((_, Value::Blob(bytes))) => Uuid::from_slice(bytes).unwrap_or_default(),
            _ => Uuid::nil(),
        }
    }

    fn text(&self, column: usize) -> String {
        match self.cells.get(column) {
            Some((_, Value::Text(text))) => text.clone(),
            _ => String::new(),
        }
    }

    /// What in the row was written after the newest entry. No row is written without an entry, so such an entry is gone.
    fn later_than(&self, head: Head) -> Option<String> {
        if self.presence == Presence::Missing {
            return None;
        }
        let made = (self.presence == Presence::Added).then(|| self.id(0).get_timestamp()).flatten();
        if made.is_some_and(|made| made_at(made) > head.at) {
            return Some(format!("{} was made after it", self.id(0)));
        }
        self.cells.iter().find_map(|(name, cell)| match cell {
            Value::Integer(entry) if name == "entry" && u64::try_from(*entry).is_ok_and(|entry| entry > head.seq) => {
                Some(format!("a row names entry {entry}"))
            }
            Value::Text(text) if name != "expires" => {
                let at: Timestamp = text.parse().ok()?;
                (at > head.at).then(|| format!("a row is from {at}"))
            }
            _ => None,
        })
    }
}

/// The time in an id.
fn made_at(made: uuid::Timestamp) -> Timestamp {
    let (seconds, nanos) = made.to_unix();
    let time = i64::try_from(seconds).ok().zip(i32::try_from(nanos).ok());
    time.and_then(|(seconds, nanos)| Timestamp::new(seconds, nanos).ok()).unwrap_or(Timestamp::MIN)
}
