//! What uses a role, an entity or an account: what would notice if it were gone.
use serde_json::Value;
use uuid::Uuid;

use super::access::reaches_entity;
use super::change_request::ChangeRequest;
use super::holders::{Way, way_to};
use super::id::{AccountId, ChangeRequestId, EntityId, InvitationId, RoleId, UserId};
use super::org::Org;
use super::scope::Scope;
use super::user::UserStatus;

/// What can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// A role.
    Role(RoleId),
    /// An entity.
    Entity(EntityId),
    /// An account.
    Account(AccountId),
}

/// One thing that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// This person holds the role.
    Holder(UserId),
    /// Whoever accepts this invitation will.
    Invitation(InvitationId),
    /// This role reaches it.
    Role(RoleId, Reach),
    /// This entity is directly below it.
    Below(EntityId),
    /// This account belongs to it.
    Account(AccountId),
    /// This change request would change it or use it.
    Request(ChangeRequestId),
}

/// By what in its scope a role reaches something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// It was chosen itself.
    Chosen,
    /// An entity above it was chosen.
    Above(EntityId),
    /// The role reaches everything.
    Everything,
}

/// Everything that uses it, in the order of [`Use`].
pub fn used_by(org: &Org, used: Used) -> Vec<Use> {
    let mut uses = Vec::new();
    let id = match used {
        Used::Role(role) => {
            let users = org.users().values().filter(|user| user.status != UserStatus::Removed);
            uses.extend(users.filter(|user| user.roles.contains(role)).map(|user| Use::Holder(user.id)));
            let open = org.invitations().values().filter(|open| open.roles.contains(role));
            uses.extend(open.map(|open| Use::Invitation(open.id)));
            role.uuid()
        }
        Used::Entity(entity) => {
            let reach = |scope: &Scope| entity_reach(org, scope, entity);
            uses.extend(org.active_roles().filter_map(|role| Some(Use::Role(role.id, reach(&role.scope)?))));
            let below = org.entities().values().filter(|other| other.parent == Some(entity));
            uses.extend(below.map(|below| Use::Below(below.id)));
            let accounts = org.accounts().values().filter(|account| account.entity == entity);
            uses.extend(accounts.map(|account| Use::Account(account.id)));
            entity.uuid()
        }
        Used::Account(account) => {
            let reach = |role| way_to(org, role, account).map(Reach::from);
            uses.extend(org.active_roles().filter_map(|role| Some(Use::Role(role.id, reach(role)?))));
            account.uuid()
        }
    };
    uses.extend(org.open_requests().filter(|request| names(request, id)).map(|request| Use::Request(request.id)));
    uses.sort_unstable();
    uses
}

impl From<Way> for Reach {
    fn from(way: Way) -> Self {
        match way {
            Way::AllFuture => Self::Everything,
            Way::Entity(entity) => Self::Above(entity),
            Way::Account => Self::Chosen,
        }
    }
}

fn entity_reach(org: &Org, scope: &Scope, entity: EntityId) -> Option<Reach> {
    if !reaches_entity(org, scope, entity) {
        return None;
    }
    let Scope::Chosen { entities, .. } = scope else { return Some(Reach::Everything) };
    if entities.contains(&entity) {
        return Some(Reach::Chosen);
    }
    org.ancestry(entity).find(|above| entities.contains(above)).map(Reach::Above)
}

/// Whether the command that a request holds names it.
fn names(request: &ChangeRequest, id: Uuid) -> bool {
    let id = id.to_string();
    request.parked.as_ref().is_some_and(|parked| holds(&parked.json, &id))
}

fn holds(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text == id,
        Value::Array(items) => items.iter().any(|item| holds(item, id)),
        Value::Object(fields) => fields.iter().any(|(key, value)| key == id || holds(value, id)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Group;
    use crate::domain::fixture::{Company, chosen, simple};

    #[test]
    fn a_role_is_used_by_whoever_holds_it_or_was_invited_with_it() {
        let mut company = Company::new();
        let role = company.role("Reader", simple([Group::ReadFinancialData]), Scope::AllFuture);
        let other = company.role("Other", simple([Group::ReadFinancialData]), Scope::AllFuture);
        let ada = company.user("Ada", [role, other], UserStatus::Active);
        let ben = company.user("Ben", [role], UserStatus::Deactivated);
        company.user("Cem", [other], UserStatus::Active);
        company.user("Dan", [role], UserStatus::Removed);
        let open = company.invitation("eve@example.com", [role]);
        company.invitation("fay@example.com", [other]);
        let uses = used_by(company.org(), Used::Role(role));
        assert_eq!(uses, [Use::Holder(ada), Use::Holder(ben), Use::Invitation(open)]);
    }

    #[test]
    fn a_place_is_used_by_roles_that_reach_it_and_by_what_is_in_it() {
        let mut company = Company::new();
        let north = company.entity("North", None);
        let oslo = company.entity("Oslo", Some(north));
        let cash = company.account("Cash", oslo);
        let all = company.role("All", simple([Group::ReadFinancialData]), Scope::AllFuture);
        let above = company.role("Above", simple([Group::ReadFinancialData]), chosen([north], []));
        let one = company.role("One", simple([Group::ReadFinancialData]), chosen([], [cash]));
        let south = company.entity("South", None);
        company.role("South", simple([Group::ReadFinancialData]), chosen([south], []));
        let org = company.org();
        let of_account = used_by(org, Used::Account(cash));
        let reaches = [(all, Reach::Everything), (above, Reach::Above(north)), (one, Reach::Chosen)];
        assert_eq!(of_account, reaches.map(|(role, reach)| Use::Role(role, reach)));
        let of_oslo = used_by(org, Used::Entity(oslo));
        assert_eq!(
            of_oslo,
            [Use::Role(all, Reach::Everything), Use::Role(above, Reach::Above(north)), Use::Account(cash)]
        );
        let of_north = used_by(org, Used::Entity(north));
        assert!(of_north.contains(&Use::Role(above, Reach::Chosen)) && of_north.contains(&Use::Below(oslo)));
        assert!(!of_north.contains(&Use::Role(one, Reach::Chosen)));
    }

    #[test]
    fn a_command_names_an_id_wherever_it_stands() {
        let json = serde_json::json!({"roles": ["a", {"b": [1, null]}], "c": true});
        assert!(holds(&json, "a") && holds(&json, "b") && !holds(&json, "x"));
    }
}
