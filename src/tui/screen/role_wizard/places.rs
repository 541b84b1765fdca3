//! The entities and accounts that there are to choose from, as the nodes of a tree. No drawing.
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::access::{Need, Person, decide};
use crate::domain::id::{AccountId, EntityId};
use crate::domain::org::Org;
use crate::domain::organization::AccountState;
use crate::domain::permission::Permission;
use crate::domain::scope::Scope;

/// An entity or an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// An entity, with its accounts and child entities.
    Entity(EntityId),
    /// An account.
    Account(AccountId),
}

/// Whether the active role may see an entity or account.
fn sees(org: &Org, person: Option<Person>, place: Place) -> bool {
    let need = match place {
        Place::Entity(entity) => Need::entity(Permission::ENTITIES_READ, Some(entity)),
        Place::Account(account) => Need::account(Permission::ACCOUNTS_READ, account),
    };
    person.is_some_and(|person| decide(org, person, need).is_allowed())
}

/// What the active role may see, with the depth of each: an entity, then its accounts, then its child entities, by
/// name. An account that is ignored is there only if it is among the chosen ones. What belongs to something unseen
/// stands where that would.
pub fn places(org: &Org, person: Option<Person>, chosen: &BTreeSet<AccountId>) -> Vec<(usize, Place)> {
    let mut accounts: BTreeMap<EntityId, Vec<AccountId>> = BTreeMap::new();
    for account in org.accounts().values() {
        let offered = account.state == AccountState::Provisioned || chosen.contains(&account.id);
        if offered && sees(org, person, Place::Account(account.id)) {
            accounts.entry(account.entity).or_default().push(account.id);
        }
    }
    let mut entities: BTreeMap<Option<EntityId>, Vec<EntityId>> = BTreeMap::new();
    for entity in org.entities().values() {
        let parent = entity.parent.filter(|parent| org.entity(*parent).is_some());
        entities.entry(parent).or_default().push(entity.id);
    }
    for siblings in entities.values_mut() {
        siblings.sort_by_cached_key(|id| org.entity(*id).map(|row| row.name.key()));
        siblings.reverse();
    }
    let mut listed = Vec::new();
    let mut waiting: Vec<(usize, EntityId)> =
        entities.remove(&None).unwrap_or_default().into_iter().map(|root| (0, root)).collect();
    while let Some((depth, entity)) = waiting.pop() {
        let seen = sees(org, person, Place::Entity(entity));
        if seen {
            listed.push((depth, Place::Entity(entity)));
        }
        let below = depth + usize::from(seen);
        let mut own = accounts.remove(&entity).unwrap_or_default();
        own.sort_by_cached_key(|id| org.account(*id).map(|row| (row.name.key(), row.currency.code().to_owned())));
        listed.extend(own.into_iter().map(|account| (below, Place::Account(account))));
        let children = entities.remove(&Some(entity)).unwrap_or_default();
        waiting.extend(children.into_iter().map(|child| (below, child)));
    }
    listed
}

/// The part of a scope that the active role may see, and the part that it may not.
pub fn split(org: &Org, person: Option<Person>, scope: &Scope) -> (Scope, Scope) {
    let Scope::Chosen { entities, accounts } = scope else { return (Scope::AllFuture, Scope::nothing()) };
    let (seen, unseen) = entities.iter().partition(|id| sees(org, person, Place::Entity(**id)));
    let (own, others) = accounts.iter().partition(|id| sees(org, person, Place::Account(**id)));
    (Scope::Chosen { entities: seen, accounts: own }, Scope::Chosen { entities: unseen, accounts: others })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Company, advanced, chosen};
    use crate::domain::user::UserStatus;

    /// The names of what is listed, indented by depth.
    fn listed(company: &Company, who: Person, also: &[AccountId]) -> Vec<String> {
        let org = company.org();
        let name = |place| match place {
            Place::Entity(entity) => org.entity(entity).map(|row| row.name.to_string()),
            Place::Account(account) => org.account(account).map(|row| row.name.to_string()),
        };
        let places = places(org, Some(who), &also.iter().copied().collect());
        let line = |(depth, place)| format!("{}{}", "  ".repeat(depth), name(place).unwrap_or_default());
        places.into_iter().map(line).collect()
    }

    fn person(company: &mut Company, scope: Scope) -> Person {
        let role = company.role("Looks", advanced("accounts:read entities:read"), scope);
        Person { user: company.user("Ada", [role], UserStatus::Active), role }
    }

    #[test]
    fn an_entity_stands_before_its_accounts_and_they_before_its_children() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let west = company.entity("West", Some(group));
        let north = company.entity("North", Some(group));
        company.entity("Fund", None);
        company.account("Wages", group);
        company.account("Main", group);
        company.account("Oslo", north);
        company.account("Lisbon", west);
        let who = person(&mut company, Scope::AllFuture);
        assert_eq!(
            listed(&company, who, &[]),
            ["Fund", "Group", "  Main", "  Wages", "  North", "    Oslo", "  West", "    Lisbon"]
        );
    }

    #[test]
    fn an_ignored_account_is_listed_only_where_it_is_chosen() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let old = company.account("Old", group);
        company.ignore(old);
        let who = person(&mut company, Scope::AllFuture);
        assert_eq!(listed(&company, who, &[]), ["Group"]);
        assert_eq!(listed(&company, who, &[old]), ["Group", "  Old"]);
    }

    #[test]
    fn what_the_active_role_may_not_see_is_not_listed_and_told_apart() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let north = company.entity("North", Some(group));
        let oslo = company.account("Oslo", north);
        let main = company.account("Main", group);
        let fund = company.entity("Fund", None);
        let own = company.account("Own", fund);
        let who = person(&mut company, chosen([north], [own]));
        assert_eq!(listed(&company, who, &[]), ["Own", "North", "  Oslo"]);
        let (seen, unseen) = split(company.org(), Some(who), &chosen([north, fund], [oslo, main]));
        assert_eq!(seen, chosen([north], [oslo]));
        assert_eq!(unseen, chosen([fund], [main]));
        assert_eq!(split(company.org(), Some(who), &Scope::AllFuture), (Scope::AllFuture, Scope::nothing()));
    }
}
