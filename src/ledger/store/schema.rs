//! What stands in every file: whose it is, which version, and exactly our tables.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rusqlite::{Connection, TransactionBehavior};

use super::failure::{Attempt, Failure};
use crate::domain::organization::Nature;
use crate::domain::text::Shown;

/// The tables, indexes and triggers, by the version of the schema that brought them.
pub(super) const PARTS: [&str; 3] = [
    include_str!("../../../assets/schema/1.sql"),
    include_str!("../../../assets/schema/2.sql"),
    include_str!("../../../assets/schema/3.sql"),
];

/// The version of the schema, which the file holds as its `user_version`.
pub(super) const VERSION: i64 = PARTS.len() as i64;

/// The file's `application_id`: that it is ours, and whether it is a sample. Fixed when the file is made,
/// so that a sample never turns into a real organization.
pub(super) const fn application_id(nature: Nature) -> i32 {
    match nature {
        Nature::Real => i32::from_be_bytes(*b"rolo"),
        Nature::Sample => i32::from_be_bytes(*b"rols"),
    }
}

/// The nature of a file with this `application_id`; none when it is not ours.
pub(super) fn nature(found: i32) -> Option<Nature> {
    [Nature::Real, Nature::Sample].into_iter().find(|nature| application_id(*nature) == found)
}

/// Fills an empty database, and returns its [`cookie`].
pub(super) fn install(conn: &mut Connection, nature: Nature) -> Attempt<i64> {
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    PARTS.iter().try_for_each(|part| transaction.execute_batch(part))?;
    transaction.pragma_update(None, "application_id", application_id(nature))?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    let cookie = cookie(&transaction)?;
    transaction.commit()?;
    Ok(cookie)
}

/// The version of the schema in the file.
pub(super) fn version(conn: &Connection) -> Attempt<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// A number that SQLite changes with every change of the tables themselves.
pub(super) fn cookie(conn: &Connection) -> Attempt<i64> {
    Ok(conn.pragma_query_value(None, "schema_version", |row| row.get(0))?)
}

/// Whether the file can be used by this version of the program as it is.
pub(super) fn check_version(conn: &Connection) -> Attempt<()> {
    match version(conn)? {
        VERSION => Ok(()),
        newer if newer > VERSION => Err(Failure::Newer(newer)),
        older => Err(Failure::Damage(format!("its schema has the version {older}"))),
    }
}

/// Checks that the file holds our tables, indexes and triggers, and nothing beside them: a planted trigger
/// or view is code that would run in our name. Returns the [`cookie`] that this holds for.
pub(super) fn check(conn: &Connection) -> Attempt<i64> {
    let cookie = cookie(conn)?;
    compare(conn)?;
    Ok(cookie)
}

/// An empty database with our tables, in memory.
fn ours() -> Attempt<Connection> {
    let ours = Connection::open_in_memory()?;
    PARTS.iter().try_for_each(|part| ours.execute_batch(part))?;
    Ok(ours)
}

/// Checks that the file consists of our tables, indexes and triggers.
pub(super) fn compare(conn: &Connection) -> Attempt<()> {
    /// Made once: they are the same for every file.
    static OURS: LazyLock<Option<Items>> = LazyLock::new(|| ours().and_then(|ours| items(&ours)).ok());
    let unusable = || Failure::Contradiction("its own tables cannot be made".into());
    let (ours, found) = (OURS.as_ref().ok_or_else(unusable)?, items(conn)?);
    for (item, sql) in &found {
        let why = match ours.get(item) {
            Some(same) if same == sql => continue,
            Some(_) => "was changed",
            None => "is not ours",
        };
        return Err(Failure::Damage(format!("the {} {why}", item.shown())));
    }
    match ours.keys().find(|item| !found.contains_key(item)) {
        Some(missing) => Err(Failure::Damage(format!("the {} is missing", missing.shown()))),
        None => Ok(()),
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    kind: String,
    name: String,
    table: String,
}

impl Item {
    fn shown(&self) -> String {
        format!("{} “{}”", Shown::new(&self.kind), Shown::new(&self.name))
    }
}

/// What a file consists of, and how each of it was made.
type Items = BTreeMap<Item, Option<String>>;

/// What the file consists of, without the tables in which SQLite's ANALYZE keeps its statistics.
fn items(conn: &Connection) -> Attempt<Items> {
    let mut statement = conn.prepare(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema \
         WHERE type <> 'table' OR name NOT IN ('sqlite_stat1', 'sqlite_stat4')",
    )?;
    let mut rows = statement.query([])?;
    let mut items = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let item = Item { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)? };
        if items.contains_key(&item) {
            return Err(Failure::Damage(format!("the {} is there twice", item.shown())));
        }
        items.insert(item, row.get(3)?);
    }
    Ok(items)
}
