//! The organization as its tables tell it. Every table is read once, in the order of its ids, and the lists
//! that belong to rows run along beside it.
use std::collections::HashSet;
use std::mem::replace;
use std::sync::mpsc::sync_channel;
use std::thread;

use rusqlite::types::FromSql;
use rusqlite::{CachedStatement, Connection, Row as Stored, Rows};
use uuid::Uuid;

use super::column::{Id, Time};
use super::failure::{Attempt, Failure};
use super::{load_request, load_role};
use crate::domain::address::Domain;
use crate::domain::id::{InvitationId, RoleId, UserId};
use crate::domain::org::{Org, Placed, Taken};
use crate::domain::organization::{Account, Entity, Organization};
use crate::domain::role::RoleSet;
use crate::domain::row::Row;
use crate::domain::user::{Credential, Deactivated, Invitation, User};

/// Takes a row.
pub(super) type Put<'p> = dyn FnMut(Row) + 'p;

/// How many rows another thread gets at once, and how many such batches may wait for it.
const BATCH: usize = 1_024;
const BATCHES: usize = 16;

/// Reads the whole organization. Another thread puts the rows into their places while the next are read.
pub(super) fn org(conn: &Connection) -> Attempt<Org> {
    thread::scope(|scope| {
        let (sender, batches) = sync_channel::<Vec<Row>>(BATCHES);
        let placing = scope.spawn(|| Placed::new(batches.into_iter().flatten()));
        let mut taken = Taken::default();
        let mut batch = Vec::with_capacity(BATCH);
        // A batch that nobody takes any more is missed when the other thread is asked for what it made.
        let read = rows(conn, &mut |row| {
            taken.note(&row);
            batch.push(row);
            if batch.len() == BATCH {
                sender.send(replace(&mut batch, Vec::with_capacity(BATCH))).ok();
            }
        });
        sender.send(batch).ok();
        drop(sender);
        read?;
        let addresses = taken.ordered();
        let placed = placing.join();
        let placed = placed.map_err(|_| Failure::Contradiction("putting rows away ended in the middle".into()))?;
        Ok(placed.with(addresses))
    })
}

fn rows(conn: &Connection, put: &mut Put<'_>) -> Attempt<()> {
    let mut role_sets = RoleSets::default();
    organization(conn, put).map_err(|failure| failure.in_table("organization"))?;
    each(conn, "SELECT id, name, parent FROM entity", |row| {
        put(Row::Entity(Entity { id: row.get(0)?, name: row.get(1)?, parent: row.get(2)? }));
        Ok(())
    })
    .map_err(|failure| failure.in_table("entity"))?;
    each(conn, "SELECT id, entity, name, currency, identifier, state FROM account", |row| {
        put(Row::Account(account(row)?));
        Ok(())
    })
    .map_err(|failure| failure.in_table("account"))?;
    load_role::roles(conn, put).map_err(|failure| failure.in_table("role"))?;
    users(conn, put, &mut role_sets).map_err(|failure| failure.in_table("user"))?;
    invitations(conn, put, &mut role_sets).map_err(|failure| failure.in_table("invitation"))?;
    each(conn, "SELECT owner, kind, since, digest FROM credential", |row| {
        let (Id(owner), Time(since)) = (row.get(0)?, row.get(2)?);
        put(Row::Credential(Credential { owner, kind: row.get(1)?, since, digest: row.get(3)? }));
        Ok(())
    })
    .map_err(|failure| failure.in_table("credential"))?;
    load_request::change_requests(conn, put).map_err(|failure| failure.in_table("change_request"))
}

/// Calls `take` for every row.
pub(super) fn each(
    conn: &Connection,
    sql: &str,
    mut take: impl FnMut(&Stored<'_>) -> rusqlite::Result<()>,
) -> Attempt<()> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// The lists that belong to the rows of a table: (row, item), ordered by the row's id.
pub(super) struct Lists<'a, T> {
    rows: Rows<'a>,
    read: fn(&Stored<'_>) -> rusqlite::Result<T>,
    ahead: Option<(Uuid, T)>,
}

impl<'a, T: FromSql> Lists<'a, T> {
    /// Lists whose items stand in the second column.
    pub(super) fn of(statement: &'a mut CachedStatement<'_>) -> Attempt<Self> {
        Self::reading(statement, |row| row.get(1))
    }
}

impl<'a, T> Lists<'a, T> {
    /// Lists whose items are read by `read`.
    pub(super) fn reading(
        statement: &'a mut CachedStatement<'_>,
        read: fn(&Stored<'_>) -> rusqlite::Result<T>,
    ) -> Attempt<Self> {
        let mut lists = Self { rows: statement.query([])?, read, ahead: None };
        lists.step()?;
        Ok(lists)
    }

    /// The list of the row with this id. Ask in the order of ids.
    pub(super) fn next<C: FromIterator<T>>(&mut self, id: Uuid) -> Attempt<C> {
        let mut items = Vec::new();
        while let Some((_, item)) = self.ahead.take_if(|(owner, _)| *owner == id) {
            items.push(item);
            self.step()?;
        }
        Ok(items.into_iter().collect())
    }

    /// Checks that every list had a row.
    pub(super) fn end(self) -> Attempt<()> {
        match self.ahead {
            None => Ok(()),
            Some((id, _)) => Err(Failure::Damage(format!("a list belongs to {id}, which is not there"))),
        }
    }

    fn step(&mut self) -> Attempt<()> {
        self.ahead = match self.rows.next()? {
            Some(row) => Some((row.get::<_, Id>(0)?.0, (self.read)(row)?)),
            None => None,
        };
        Ok(())
    }
}

/// Sets of roles, each kept once however many people have it.
#[derive(Default)]
struct RoleSets(HashSet<RoleSet>);

impl RoleSets {
    fn shared(&mut self, roles: RoleSet) -> RoleSet {
        match self.0.get(&roles) {
            Some(same) => same.clone(),
            None => {
                self.0.insert(roles.clone());
                roles
            }
        }
    }
}

fn organization(conn: &Connection, put: &mut Put<'_>) -> Attempt<()> {
    let mut domains =
        conn.prepare_cached("SELECT organization, domain FROM organization_domain ORDER BY organization, position")?;
    let mut domains = Lists::<Domain>::of(&mut domains)?;
    let security = load_request::security(conn)?;
    let mut statement = conn.prepare_cached("SELECT id, name, nature, founded FROM organization")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Time(founded) = row.get(3)?;
        let Id(id) = row.get(0)?;
        let domains = domains.next(id)?;
        put(Row::Organization(Organization {
            id: row.get(0)?,
            name: row.get(1)?,
            nature: row.get(2)?,
            domains,
            founded,
            security: security.clone(),
        }));
    }
    domains.end()
}

fn account(row: &Stored<'_>) -> rusqlite::Result<Account> {
    Ok(Account {
        id: row.get(0)?,
        entity: row.get(1)?,
        name: row.get(2)?,
        currency: row.get(3)?,
        identifier: row.get(4)?,
        state: row.get(5)?,
    })
}

fn users(conn: &Connection, put: &mut Put<'_>, role_sets: &mut RoleSets) -> Attempt<()> {
    let mut roles = conn.prepare_cached("SELECT user, role FROM user_role ORDER BY user, role")?;
    let mut roles = Lists::<RoleId>::of(&mut roles)?;
    let mut seen = conn.prepare_cached("SELECT user, seen_by FROM user_code_seen ORDER BY user, seen_by")?;
    let mut seen = Lists::<UserId>::of(&mut seen)?;
    let mut apart = conn.prepare_cached("SELECT user, other FROM user_apart ORDER BY user, other")?;
    let mut apart = Lists::<UserId>::of(&mut apart)?;
    let mut statement = conn.prepare_cached(
        "SELECT user.id, user.name, user.address, user.status, user.joined, user_deactivated.by, user_deactivated.at \
         FROM user LEFT JOIN user_deactivated ON user_deactivated.user = user.id ORDER BY user.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: UserId = row.get(0)?;
        let Time(joined) = row.get(4)?;
        put(Row::User(User {
            id,
            name: row.get(1)?,
            address: row.get(2)?,
            roles: role_sets.shared(roles.next(id.uuid())?),
            status: row.get(3)?,
            joined,
            code_seen_by: seen.next(id.uuid())?,
            apart: apart.next(id.uuid())?,
            deactivated: deactivated(row)?,
        }));
    }
    roles.end()?;
    seen.end()?;
    apart.end()
}

fn deactivated(row: &Stored<'_>) -> rusqlite::Result<Option<Deactivated>> {
    let by: Option<UserId> = row.get(5)?;
    by.map(|by| row.get(6).map(|Time(at)| Deactivated { by, at })).transpose()
}

fn invitations(conn: &Connection, put: &mut Put<'_>, role_sets: &mut RoleSets) -> Attempt<()> {
    let mut roles = conn.prepare_cached("SELECT invitation, role FROM invitation_role ORDER BY invitation, role")?;
    let mut roles = Lists::<RoleId>::of(&mut roles)?;
    let sql = "SELECT invitation, seen_by FROM invitation_code_seen ORDER BY invitation, seen_by";
    let mut seen = conn.prepare_cached(sql)?;
    let mut seen = Lists::<UserId>::of(&mut seen)?;
    let mut statement = conn.prepare_cached(
        "SELECT id, address, name, invited_by, invited, sent, attempt, expires FROM invitation ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: InvitationId = row.get(0)?;
        let (Time(invited), Time(sent), Time(expires)) = (row.get(4)?, row.get(5)?, row.get(7)?);
        put(Row::Invitation(Invitation {
            id,
            address: row.get(1)?,
            name: row.get(2)?,
            roles: role_sets.shared(roles.next(id.uuid())?),
            invited_by: row.get(3)?,
            invited,
            sent,
            attempt: row.get(6)?,
            expires,
            code_seen_by: seen.next(id.uuid())?,
        }));
    }
    roles.end()?;
    seen.end()
}
