//! What a role comes to, in sentences that a treasury team would say.
use super::list::joined;
use super::scope::reach_in_words;
use crate::domain::census::AccountCounts;
use crate::domain::draft::{Draft, account_scoped, heeding_scope};
use crate::domain::duties::{Thing, Topic, topics};
use crate::domain::org::Org;
use crate::domain::permission::{Level, PermissionSet};
use crate::domain::role::{Grants, Role};
use crate::domain::scope::Scope;
use crate::domain::user::User;

/// One role of a person, and what it lets them do while it is the active one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleAccess<'a> {
    /// The role.
    pub role: &'a Role,
    /// What it comes to; never empty.
    pub sentences: Vec<String>,
}

/// What each of a person's roles would let them do, by name of role. One role is active at a time, so the roles do
/// not add up (decision 7 in the crate docs), and somebody who is deactivated can use none of them at present.
pub fn user_access<'a>(org: &'a Org, user: &User) -> Vec<RoleAccess<'a>> {
    let counts = AccountCounts::of(org);
    let roles = user.roles.iter().filter_map(|id| org.role(id)).filter(|role| role.is_active());
    let sentences = |role| sentences(&Reach::of(org, &counts, role), role.grants);
    let mut access: Vec<_> = roles.map(|role| RoleAccess { role, sentences: sentences(Draft::from(role)) }).collect();
    access.sort_by_cached_key(|access| access.role.name.key());
    access
}

/// What a role lets its holder do, in sentences that together say exactly its permissions: a sentence names every
/// thing that it covers, and what is not named is not permitted. Never empty.
pub fn access_in_words(org: &Org, draft: Draft<'_>) -> Vec<String> {
    sentences(&Reach::of(org, &AccountCounts::of(org), draft), draft.grants)
}

/// Where the permissions of one role hold.
struct Reach {
    /// For the account-scoped ones.
    accounts: String,
    /// For those on accounts and entities themselves.
    within: &'static str,
}

impl Reach {
    fn of(org: &Org, counts: &AccountCounts, draft: Draft<'_>) -> Self {
        let within = if *draft.scope == Scope::AllFuture { "" } else { " within its scope" };
        Self { accounts: reach_in_words(org, counts, draft.scope), within }
    }
}

/// Some things of a topic with which the same can be done at the same places.
struct Clause<'a> {
    verbs: Vec<&'a str>,
    limit: Limit,
    nouns: Vec<&'a str>,
}

/// How a scope limits a permission.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Limit {
    None,
    Within,
    Accounts,
}

impl Limit {
    /// Permissions on one resource are all limited alike.
    fn of(own: PermissionSet) -> Self {
        if !account_scoped(own).is_empty() {
            Self::Accounts
        } else if heeding_scope(own).is_empty() {
            Self::None
        } else {
            Self::Within
        }
    }
}

fn sentences(reach: &Reach, grants: &Grants) -> Vec<String> {
    if matches!(grants, Grants::Everything) {
        return vec!["Does everything, always, on all accounts, now and later.".to_owned()];
    }
    let held = grants.permissions();
    let told = |topic: &'static Topic| {
        let before = topic.before.as_deref();
        clauses(topic, held).into_iter().map(move |clause| clause.sentence(before, reach))
    };
    let mut sentences: Vec<String> = topics().iter().flat_map(told).collect();
    if sentences.is_empty() {
        sentences.push("Does nothing: it has no permission.".to_owned());
    }
    sentences
}

fn clauses(topic: &Topic, held: PermissionSet) -> Vec<Clause<'_>> {
    let mut clauses: Vec<Clause<'_>> = Vec::new();
    for thing in &topic.things {
        let Some(resource) = thing.resource() else { continue };
        let own: PermissionSet = held.iter().filter(|permission| permission.resource() == resource).collect();
        if own.is_empty() {
            continue;
        }
        let (verbs, limit) = (verbs(thing, own), Limit::of(own));
        match clauses.iter_mut().find(|clause| clause.verbs == verbs && clause.limit == limit) {
            Some(clause) => clause.nouns.push(&thing.noun),
            None => clauses.push(Clause { verbs, limit, nouns: vec![&thing.noun] }),
        }
    }
    clauses
}

/// What can be done, where `manages` stands for all four levels and nothing less.
fn verbs(thing: &Thing, own: PermissionSet) -> Vec<&str> {
    if own.len() == Level::ALL.len() {
        return vec!["manages"];
    }
    own.iter().flat_map(|permission| thing.verbs(permission.level())).collect()
}

impl Clause<'_> {
    fn sentence(&self, before: Option<&str>, reach: &Reach) -> String {
        let before = before.map(|before| format!("{before} ")).unwrap_or_default();
        let place = match self.limit {
            Limit::None => String::new(),
            Limit::Within => reach.within.to_owned(),
            Limit::Accounts if self.verbs == ["sees"] && before.is_empty() => format!(" of {}", reach.accounts),
            Limit::Accounts => format!(" on {}", reach.accounts),
        };
        capitalised(&format!("{} {before}{}{place}.", joined(&self.verbs), joined(&self.nouns)))
    }
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::catalogue::Group;
    use crate::domain::fixture::{self, Company, advanced, chosen, simple};
    use crate::domain::user::UserStatus;

    fn words(grants: &Grants, scope: &Scope) -> Vec<String> {
        let mut company = Company::new();
        let entity = company.entity("Group", None);
        company.account("Main", entity);
        access_in_words(company.org(), Draft { role: None, grants, scope })
    }

    #[test]
    fn each_group_comes_to_what_it_gives() {
        let told = |group| words(&simple([group]), &Scope::AllFuture).join("\n");
        assert_eq!(
            told(Group::ApproveAndRejectPayments),
            "\
Changes credit transfers and direct debits on all accounts, now and later.
Approves and rejects credit transfers and direct debits on all accounts, now and later."
        );
        assert_eq!(
            told(Group::SensitiveAdminOperations),
            "\
Manages users, roles and invitations.
Manages entities.
Provisions and ignores accounts.
Manages approval chains.
Changes the organization's settings and decides change requests.
Manages relationships with providers, connections to providers and secrets of connections.
Manages webhooks.
Creates and deletes webhook keys.
Reads the audit trail."
        );
        assert_eq!(
            told(Group::BasicAccess),
            "\
Sees payment templates.
Sees layouts of forecasts.
Sees users and roles.
Sees entities and accounts.
Sees relationships with providers.
Sees dashboards.
Sees metadata keys."
        );
    }

    #[test]
    fn partial_access_names_what_it_covers() {
        let nothing = Scope::nothing();
        let cases = [
            ("account_balances:read", &["Sees balances of no account."][..]),
            (
                "credit_transfers:read credit_transfers:create direct_debits:create",
                &["Sees and initiates credit transfers on no account.", "Initiates direct debits on no account."],
            ),
            ("credit_transfer_approvals:update", &["Approves credit transfers on no account."]),
            ("roles:read roles:update invitations:create", &["Sees and changes roles.", "Sends invitations."]),
            ("accounts:read entities:read", &["Sees entities and accounts within its scope."]),
            ("accounts:update", &["Renames and moves accounts within its scope."]),
            ("mandate_events:read", &["Sees the history of mandates on no account."]),
            ("", &["Does nothing: it has no permission."]),
        ];
        for (permissions, sentences) in cases {
            assert_eq!(words(&advanced(permissions), &nothing), sentences);
        }
    }

    #[test]
    fn the_owner_does_everything() {
        let sentences = words(&Grants::Everything, &Scope::AllFuture);
        assert_eq!(sentences, ["Does everything, always, on all accounts, now and later."]);
    }

    #[test]
    fn roles_of_a_person_stay_apart() {
        let mut company = Company::new();
        let entity = company.entity("Group", None);
        let main = company.account("Main", entity);
        company.account("Other", entity);
        let pays = company.role("Pays", advanced("credit_transfers:create"), chosen([], [main]));
        let approves = company.role("Approves", advanced("credit_transfer_approvals:update"), chosen([entity], []));
        let user = company.user("Ada", [pays, approves], UserStatus::Active);
        let told: Vec<String> = company
            .org()
            .user(user)
            .into_iter()
            .flat_map(|user| user_access(company.org(), user))
            .map(|access| format!("{}: {}", access.role.name, access.sentences.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                "Approves: Approves credit transfers on 2 accounts and later ones.",
                "Pays: Initiates credit transfers on 1 account.",
            ]
        );
    }

    fn told(held: PermissionSet) -> Vec<String> {
        words(&Grants::Advanced(held), &Scope::AllFuture)
    }

    proptest! {
        #[test]
        fn every_permission_is_told_with_its_verb_and_its_noun(grants in fixture::all_grants()) {
            let held = grants.permissions();
            let sentences = told(held);
            prop_assert!(!sentences.is_empty());
            for permission in held.iter() {
                let things = topics().iter().flat_map(|topic| &topic.things);
                for thing in things.filter(|thing| thing.resource() == Some(permission.resource())) {
                    let verbs = thing.verbs(permission.level());
                    let speaks = |sentence: &String| {
                        let lower = sentence.to_lowercase();
                        let all_verbs = verbs.iter().all(|verb| lower.contains(*verb)) || lower.starts_with("manages");
                        all_verbs && lower.contains(&thing.noun.to_lowercase())
                    };
                    prop_assert!(sentences.iter().any(speaks), "{permission} in {sentences:#?}");
                }
            }
        }

        #[test]
        fn one_permission_more_or_less_is_another_text(
            grants in fixture::all_grants(),
            other in proptest::sample::select(PermissionSet::everything().iter().collect::<Vec<_>>()),
        ) {
            let mut with = grants.permissions();
            with.insert(other);
            let mut without = with;
            without.remove(other);
            prop_assert_ne!(told(with), told(without));
        }
    }
}
