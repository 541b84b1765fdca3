//! Who may do what on which account, and by which role: for a whole organization, as it is or as it was.
use std::collections::BTreeMap;

use super::access::reaches_account;
use super::id::{AccountId, EntityId, UserId};
use super::org::Org;
use super::permission::{Permission, PermissionSet};
use super::role::Role;
use super::scope::Scope;
use super::user::User;

/// What is asked: everything that is named narrows the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// One person, active or not; without it everybody who can act.
    pub user: Option<UserId>,
    /// One permission.
    pub permission: Option<Permission>,
    /// One account; then only permissions that hold for accounts count.
    pub account: Option<AccountId>,
}

/// By what in its scope a role reaches an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It reaches everything.
    AllFuture,
    /// An entity was chosen: the account's own, or one above it.
    Entity(EntityId),
    /// The account itself was chosen.
    Account,
}

/// What one person can do in one of their roles. Roles do not add up (decision 7 in the crate docs).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding<'a> {
    /// Who.
    pub user: &'a User,
    /// As what.
    pub role: &'a Role,
    /// What was asked for of what the role permits; never empty.
    pub permissions: PermissionSet,
    /// The accounts that it is permitted on, by name; those that are ignored are reached by nobody.
    pub accounts: Vec<(AccountId, Way)>,
}

/// The part of some permissions that holds for an account: what is account-scoped, and what is done with the account
/// itself.
pub fn on_accounts(permissions: PermissionSet) -> PermissionSet {
    permissions.iter().filter(|permission| holds_on_accounts(*permission)).collect()
}

/// Whether a permission holds for accounts.
pub fn holds_on_accounts(permission: Permission) -> bool {
    let resource = permission.resource();
    resource.account_scoped() || resource.key() == "accounts"
}

/// By what a role reaches an account; none when it does not, and nobody reaches one that is ignored.
pub fn way_to(org: &Org, role: &Role, account: AccountId) -> Option<Way> {
    if !role.is_active() || !reaches_account(org, &role.scope, account) {
        return None;
    }
    way(org, &role.scope, account)
}

fn way(org: &Org, scope: &Scope, account: AccountId) -> Option<Way> {
    let Scope::Chosen { entities, accounts } = scope else { return Some(Way::AllFuture) };
    if accounts.contains(&account) {
        return Some(Way::Account);
    }
    org.ancestry(org.account(account)?.entity).find(|above| entities.contains(above)).map(Way::Entity)
}

/// Who holds what was asked for, by name of person and role. Whoever cannot act at all is in it only when it was asked
/// about them.
pub fn holdings(org: &Org, question: Question) -> Vec<Holding<'_>> {
    let held = org.active_roles().filter_map(|role| Some((role.id, (role, grip(org, role, question)?))));
    let held: BTreeMap<_, _> = held.collect();
    let users = org.users().values().map(AsRef::as_ref);
    let asked = |user: &&User| question.user.map_or(user.is_active(), |asked| asked == user.id);
    let mut holdings: Vec<Holding<'_>> = users
        .filter(asked)
        .flat_map(|user| user.roles.iter().filter_map(|id| held.get(&id)).map(move |held| (user, held)))
        .map(|(user, (role, (permissions, accounts)))| Holding {
            user,
            role,
            permissions: *permissions,
            accounts: accounts.clone(),
        })
        .collect();
    holdings.sort_by_cached_key(|held| (held.user.name.key(), held.user.id, held.role.name.key()));
    holdings
}

/// What a role gives of what was asked for, and where; none when it is nothing.
fn grip(org: &Org, role: &Role, question: Question) -> Option<(PermissionSet, Vec<(AccountId, Way)>)> {
    let mut permissions = role.permissions();
    if let Some(asked) = question.permission {
        permissions = permissions.intersection(PermissionSet::from_iter([asked]));
    }
    if question.account.is_some() {
        permissions = on_accounts(permissions);
    }
    let everywhere = !permissions.minus(on_accounts(permissions)).is_empty();
    let accounts = if on_accounts(permissions).is_empty() { Vec::new() } else { reached(org, role, question.account) };
    let some = everywhere || !accounts.is_empty() || (question.account.is_none() && question.permission.is_none());
    (some && !permissions.is_empty()).then_some((permissions, accounts))
}

fn reached(org: &Org, role: &Role, only: Option<AccountId>) -> Vec<(AccountId, Way)> {
    let asked = |id: &AccountId| only.is_none_or(|only| only == *id);
    let reached = org.accounts().keys().filter(|id| asked(id));
    let mut reached: Vec<_> = reached.filter_map(|id| Some((*id, way_to(org, role, *id)?))).collect();
    reached.sort_by_cached_key(|(id, _)| org.account(*id).map(|account| account.name.key()));
    reached
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use proptest::prelude::*;

    use super::*;
    use crate::domain::access::{Need, Person, decide};
    use crate::domain::fixture::{self, Company, advanced, chosen};
    use crate::domain::organization::AccountState;
    use crate::domain::sample;
    use crate::domain::user::UserStatus;

    /// Fails unless who holds what is what deciding says of everybody, role by role, permission by permission.
    fn compare(org: &Org) -> usize {
        let mut held = 0;
        for account in org.accounts().values() {
            let ignored = account.state == AccountState::Ignored;
            for permission in on_accounts(PermissionSet::everything()).iter() {
                let question = Question { permission: Some(permission), account: Some(account.id), user: None };
                let told = holdings(org, question);
                let mut decided = Vec::new();
                for user in org.users().keys() {
                    for role in org.roles().keys() {
                        let who = Person { user: *user, role: *role };
                        if !ignored && decide(org, who, Need::account(permission, account.id)).is_allowed() {
                            decided.push((*user, *role));
                        }
                    }
                }
                let mut told: Vec<_> = told.iter().map(|held| (held.user.id, held.role.id)).collect();
                told.sort_unstable();
                assert_eq!(told, decided, "{permission} on {}", account.name);
                held += told.len();
            }
        }
        held
    }

    #[test]
    fn in_the_sample_everybody_holds_what_deciding_allows_and_nothing_else() {
        let mut drawn = 0_u8;
        let mut seed = || {
            drawn = drawn.wrapping_add(1);
            [drawn, drawn / 3, 0, 0, 0, 0, 0, 0, 0, drawn]
        };
        let org = sample::organization("2026-03-02T09:30:00Z".parse().unwrap(), &mut seed).unwrap();
        assert!(compare(&org) > 1000);
    }

    #[test]
    fn one_role_at_a_time_and_by_what_it_reaches() {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let north = company.entity("North", Some(group));
        let (main, oslo) = (company.account("Main", group), company.account("Oslo", north));
        let pays = company.role("Pays", advanced("credit_transfers:create roles:read"), chosen([], [oslo]));
        let both = company.role("Both", advanced("credit_transfers:create"), chosen([group], []));
        let all = company.role("All", advanced("credit_transfers:create"), Scope::AllFuture);
        let ada = company.user("Ada", [pays, both], UserStatus::Active);
        let bo = company.user("Bo", [all], UserStatus::Deactivated);
        let pay = Some(Permission::CREDIT_TRANSFERS_CREATE);
        let told = |company: &Company, question| -> Vec<String> {
            let each = |held: &Holding<'_>| {
                let ways: Vec<_> = held.accounts.iter().map(|(_, way)| format!("{way:?}")).collect();
                format!("{} as {}: {} ({})", held.user.name, held.role.name, held.permissions.len(), ways.join(" "))
            };
            holdings(company.org(), question).iter().map(each).collect()
        };
        let ask = |user, permission, account| Question { user, permission, account };
        let entity = format!("{:?}", Way::Entity(group));
        assert_eq!(
            told(&company, ask(None, pay, Some(oslo))),
            [format!("Ada as Both: 1 ({entity})"), "Ada as Pays: 1 (Account)".into()]
        );
        assert_eq!(told(&company, ask(None, pay, Some(main))), [format!("Ada as Both: 1 ({entity})")]);
        assert_eq!(
            told(&company, ask(Some(bo), pay, Some(main))),
            ["Bo as All: 1 (AllFuture)"],
            "asked about, and named"
        );
        assert_eq!(
            told(&company, ask(Some(ada), None, None)),
            [format!("Ada as Both: 1 ({entity} {entity})"), "Ada as Pays: 2 (Account)".into()]
        );
        let roles = ask(None, Some(Permission::ROLES_READ), None);
        assert_eq!(told(&company, roles), ["Ada as Pays: 1 ()"], "not a matter of accounts");
        company.ignore(oslo);
        assert_eq!(told(&company, ask(None, pay, Some(oslo))), [""; 0], "nobody reaches an ignored account");
        assert_eq!(
            told(&company, ask(Some(ada), None, None)),
            [format!("Ada as Both: 1 ({entity})"), "Ada as Pays: 2 ()".into()]
        );
        assert_eq!(told(&company, ask(Some(ada), pay, None)), [format!("Ada as Both: 1 ({entity})")]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

        #[test]
        fn anywhere_everybody_holds_what_deciding_allows(company in fixture::companies()) {
            compare(company.org());
        }
    }
}
