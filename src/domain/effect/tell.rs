//! Gains and losses in sentences.
use std::collections::BTreeSet;
use std::fmt;

use super::access::{AccessChange, Affected};
use super::name::{self, full};
use super::place::{Places, Reach};
use crate::domain::draft::heeding_scope;
use crate::domain::id::{AccountId, EntityId};
use crate::domain::org::Org;
use crate::domain::permission::{Level, PermissionSet, Resource};
use crate::domain::refusal::Few;
use crate::domain::words::{counted, joined};

/// So many permissions are read in one list; more are grouped by resource.
const FEW: usize = 8;

impl AccessChange {
    /// The same in sentences, gains first. People and places are cut with their counts; permissions never are, because
    /// the one that matters could be the one left out. Names come from `after`, and from `before` for what is gone
    /// there; give the same organization twice when there is only one.
    pub fn in_words(&self, before: &Org, after: &Org) -> Vec<String> {
        let orgs = [after, before];
        let few: Few = self.who.iter().map(|who| Named { orgs, who: *who }).collect();
        let verbs = if self.who.len() == 1 { ["gains", "loses"] } else { ["gain", "lose"] };
        let [gain, lose] = verbs.map(|verb| format!("{few} {verb}"));
        let gains = self.gains.iter().map(|reach| sentence(orgs, &gain, reach));
        gains.chain(self.loses.iter().map(|reach| sentence(orgs, &lose, reach))).collect()
    }
}

/// Somebody by name; looked up only when it is written, so that a million of them cost nothing.
struct Named<'a> {
    orgs: [&'a Org; 2],
    who: Affected,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.who {
            Affected::User(id) => {
                let known = self.orgs.into_iter().find(|org| org.user(id).is_some()).or(self.orgs.first().copied());
                known.map_or(Ok(()), |org| f.write_str(&name::user(org, id)))
            }
            Affected::Invitation(id) => match self.orgs.into_iter().find_map(|org| org.invitation(id)) {
                Some(open) => write!(f, "{} (invited)", full(open.address.as_str())),
                None => write!(f, "an invitation that is closed ({id})"),
            },
        }
    }
}

fn sentence(orgs: [&Org; 2], who_and_verb: &str, reach: &Reach) -> String {
    let places = places(orgs, &reach.places);
    match permissions(reach.permissions) {
        Told::Short(what) => format!("{who_and_verb} {what} {places}."),
        Told::Long(what) => format!(
            "{who_and_verb} {} {places}. These permissions are: {what}.",
            counted(reach.permissions.len(), "permission", "permissions")
        ),
    }
}

enum Told {
    Short(String),
    Long(String),
}

fn permissions(set: PermissionSet) -> Told {
    let everything = PermissionSet::everything();
    let limited = heeding_scope(everything);
    if set == limited {
        return Told::Short("every permission for accounts and entities".to_owned());
    }
    if set == everything.minus(limited) {
        return Told::Short("every permission that no scope limits,".to_owned());
    }
    if set.len() <= FEW {
        return Told::Short(joined(set.iter()));
    }
    let of = |resource: Resource| {
        let own = set.iter().filter(|permission| permission.resource() == resource);
        let levels: Vec<&str> = own.map(|permission| Level::key(permission.level())).collect();
        (!levels.is_empty()).then(|| format!("{resource} ({})", levels.join(", ")))
    };
    Told::Long(joined(Resource::all().filter_map(of)))
}

fn places(orgs: [&Org; 2], places: &Places) -> String {
    match places {
        Places::Organization => "for the whole organization".to_owned(),
        Places::All => "on all accounts and entities, now and later".to_owned(),
        Places::AllBut { entities, accounts } => {
            format!("on all accounts and entities, now and later, but not {}", these(orgs, entities, accounts))
        }
        Places::These { entities, accounts } => these(orgs, entities, accounts),
    }
}

fn these(orgs: [&Org; 2], entities: &BTreeSet<EntityId>, accounts: &BTreeSet<AccountId>) -> String {
    let mut parts = Vec::new();
    if !accounts.is_empty() {
        let names: Few = accounts.iter().map(|id| Place { orgs, at: At::Account(*id) }).collect();
        parts.push(format!("on {}: {names}", counted(accounts.len(), "account", "accounts")));
    }
    if !entities.is_empty() {
        let names: Few = entities.iter().map(|id| Place { orgs, at: At::Entity(*id) }).collect();
        let count = counted(entities.len(), "entity with its later accounts", "entities with their later accounts");
        parts.push(format!("on {count}: {names}"));
    }
    parts.join("; ")
}

/// A place by name, looked up only when it is written.
struct Place<'a> {
    orgs: [&'a Org; 2],
    at: At,
}

enum At {
    Entity(EntityId),
    Account(AccountId),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |org: &Org| match self.at {
            At::Entity(id) => org.entity(id).map(|row| name::entity(org, row)),
            At::Account(id) => org.account(id).map(|row| name::account(org, row)),
        };
        match (self.orgs.into_iter().find_map(name), &self.at) {
            (Some(name), _) => f.write_str(&name),
            (None, At::Entity(id)) => write!(f, "an entity that is not there ({id})"),
            (None, At::Account(id)) => write!(f, "an account that is not there ({id})"),
        }
    }
}
