//! Where a role holds, in words.
use super::list::{counted, joined};
use crate::domain::access::reaches_entity;
use crate::domain::census::AccountCounts;
use crate::domain::id::{AccountId, EntityId};
use crate::domain::org::Org;
use crate::domain::organization::{Account, AccountState};
use crate::domain::scope::Scope;

/// A scope for a table cell: `All future entities`, `2 entities, 3 accounts`, `nothing`. What was chosen, not what it
/// comes to; what is not there any more is not counted.
pub fn scope_in_words(org: &Org, scope: &Scope) -> String {
    let Scope::Chosen { entities, accounts } = scope else { return "All future entities".to_owned() };
    let entities = entities.iter().filter(|entity| org.entity(**entity).is_some()).count();
    let accounts = accounts.iter().filter(|account| org.account(**account).is_some()).count();
    let parts = [(entities, "entity", "entities"), (accounts, "account", "accounts")];
    let chosen = parts.into_iter().filter(|(count, ..)| *count > 0);
    let chosen: Vec<String> = chosen.map(|(count, one, many)| counted(count, one, many)).collect();
    if chosen.is_empty() { "nothing".to_owned() } else { chosen.join(", ") }
}

/// A scope with every chosen entity and account, one on a line, and how many accounts it reaches.
pub fn scope_in_full(org: &Org, scope: &Scope) -> Vec<String> {
    let counts = AccountCounts::of(org);
    let Scope::Chosen { entities, accounts } = scope else {
        let now = counted(counts.total(), "account", "accounts");
        return vec![format!("All future entities: every account, now ({now}) and later")];
    };
    let mut lines: Vec<String> = entities.iter().filter_map(|entity| entity_line(org, &counts, *entity)).collect();
    lines.extend(accounts.iter().filter_map(|account| account_line(org, scope, *account)));
    lines.sort_unstable_by_key(|line| line.to_lowercase());
    if lines.is_empty() {
        return vec!["nothing: no entity and no account is chosen".to_owned()];
    }
    if lines.len() > 1 {
        lines.push(format!("Together: {}", counted(counts.reached(org, scope), "account", "accounts")));
    }
    lines
}

fn entity_line(org: &Org, counts: &AccountCounts, entity: EntityId) -> Option<String> {
    let name = &org.entity(entity)?.name;
    let now = counted(counts.of_entity(entity).below, "account", "accounts");
    Some(format!("“{name}” with its child entities: {now} now, and later ones"))
}

fn account_line(org: &Org, scope: &Scope, account: AccountId) -> Option<String> {
    let account = org.account(account)?;
    let mut remarks = Vec::new();
    if account.state == AccountState::Ignored {
        remarks.push("ignored, so not reached until it is provisioned again");
    }
    if reaches_entity(org, scope, account.entity) {
        remarks.push("also reached through its entity");
    }
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", joined(remarks)) };
    Some(format!("{}{remarks}", account_in_words(org, account)))
}

/// `“Main” in EUR of “North”`: enough to tell accounts of the same name apart.
pub(super) fn account_in_words(org: &Org, account: &Account) -> String {
    let owner = org.entity(account.entity).map(|entity| format!(" of “{}”", entity.name)).unwrap_or_default();
    format!("“{}” in {}{owner}", account.name, account.currency)
}

/// Where account-scoped permissions of a role with this scope hold: `all accounts, now and later`, `6 accounts and later
/// ones`.
pub fn account_reach(org: &Org, scope: &Scope) -> String {
    reach_in_words(org, &AccountCounts::of(org), scope)
}

/// Where account-scoped permissions hold, as the end of a sentence: `6 accounts and later ones`.
pub(super) fn reach_in_words(org: &Org, counts: &AccountCounts, scope: &Scope) -> String {
    let Scope::Chosen { entities, .. } = scope else { return "all accounts, now and later".to_owned() };
    let widens = entities.iter().any(|entity| org.entity(*entity).is_some());
    match (counts.reached(org, scope), widens) {
        (0, false) => "no account".to_owned(),
        (0, true) => "no account yet, only later ones".to_owned(),
        (now, false) => counted(now, "account", "accounts"),
        (now, true) => format!("{} and later ones", counted(now, "account", "accounts")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "a test may fail loudly")]

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::fixture::{self, Company, chosen};

    fn nordics() -> (Company, [EntityId; 3], [AccountId; 4]) {
        let mut company = Company::new();
        let group = company.entity("Group", None);
        let north = company.entity("North", Some(group));
        let empty = company.entity("Empty", None);
        let accounts = [("Main", group), ("Oslo", north), ("Bergen", north), ("Old", north)];
        let accounts = accounts.map(|(name, entity)| company.account(name, entity));
        company.ignore(accounts[3]);
        (company, [group, north, empty], accounts)
    }

    #[test]
    fn a_cell_says_what_was_chosen() {
        let (company, [group, north, _], [main, oslo, ..]) = nordics();
        let gone = AccountId::from_uuid(Uuid::max());
        let cases = [
            (Scope::AllFuture, "All future entities"),
            (Scope::nothing(), "nothing"),
            (chosen([], [gone]), "nothing"),
            (chosen([north], []), "1 entity"),
            (chosen([], [main, oslo]), "2 accounts"),
            (chosen([group, north], [main, gone]), "2 entities, 1 account"),
        ];
        for (scope, words) in cases {
            assert_eq!(scope_in_words(company.org(), &scope), words);
        }
    }

    #[test]
    fn in_full_every_choice_is_named_and_the_accounts_are_counted_once() {
        let (company, [group, north, empty], [main, oslo, _, old]) = nordics();
        let full = |scope| scope_in_full(company.org(), &scope);
        assert_eq!(full(Scope::AllFuture), ["All future entities: every account, now (3 accounts) and later"]);
        assert_eq!(full(Scope::nothing()), ["nothing: no entity and no account is chosen"]);
        assert_eq!(full(chosen([empty], [])), ["“Empty” with its child entities: no accounts now, and later ones"]);
        assert_eq!(
            full(chosen([north], [main, old, oslo])),
            [
                "“Main” in EUR of “Group”",
                "“North” with its child entities: 2 accounts now, and later ones",
                "“Old” in EUR of “North” (ignored, so not reached until it is provisioned again and also reached through its entity)",
                "“Oslo” in EUR of “North” (also reached through its entity)",
                "Together: 3 accounts",
            ]
        );
        assert_eq!(
            full(chosen([group, north], []))[2],
            "Together: 3 accounts",
            "a child entity adds nothing to its parent"
        );
    }

    #[test]
    fn a_hostile_name_is_shown_escaped() {
        let mut company = Company::new();
        let entity = company.entity("North <U+202E>", None);
        let line = scope_in_full(company.org(), &chosen([entity], [])).concat();
        assert!(line.contains("<U+003C>U+202E>"), "{line}");
    }

    #[test]
    fn the_end_of_a_sentence_tells_now_from_later() {
        let (company, [group, _, empty], [main, _, _, old]) = nordics();
        let counts = AccountCounts::of(company.org());
        let cases = [
            (Scope::AllFuture, "all accounts, now and later"),
            (Scope::nothing(), "no account"),
            (chosen([], [old]), "no account"),
            (chosen([empty], []), "no account yet, only later ones"),
            (chosen([], [main]), "1 account"),
            (chosen([group], []), "3 accounts and later ones"),
        ];
        for (scope, words) in cases {
            assert_eq!(reach_in_words(company.org(), &counts, &scope), words);
        }
    }

    proptest! {
        #[test]
        fn only_all_future_says_all(company in fixture::companies(), pick in fixture::scope_picks()) {
            let scope = pick.on(&company);
            let counts = AccountCounts::of(company.org());
            let short = scope_in_words(company.org(), &scope);
            let reach = reach_in_words(company.org(), &counts, &scope);
            let full = scope_in_full(company.org(), &scope);
            prop_assert!(!short.is_empty() && !reach.is_empty());
            prop_assert!(!full.is_empty() && full.iter().all(|line| !line.is_empty()));
            let says_all = |words: &str| words.to_lowercase().contains("all ");
            prop_assert_eq!(says_all(&short), scope == Scope::AllFuture);
            prop_assert_eq!(says_all(&reach), scope == Scope::AllFuture);
            prop_assert_eq!(full.iter().any(|line| says_all(line)), scope == Scope::AllFuture);
            if scope == Scope::nothing() {
                prop_assert_eq!(short, "nothing");
            }
        }
    }
}
