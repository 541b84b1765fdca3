//! Finding a person or an account by what somebody typed.
use super::address::EmailAddress;
use super::id::{AccountId, UserId};
use super::org::{Holder, Org};
use super::organization::Account;
use super::refusal::Few;
use super::text::folded;
use super::user::User;

/// Why nothing was found that could be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFound {
    /// Nothing is called so.
    #[error("There is no {what} called “{typed}”")]
    Nothing {
        /// A person or an account.
        what: &'static str,
        /// What was typed.
        typed: String,
        /// What is called nearly so.
        near: Few,
    },
    /// Several are called so.
    #[error("“{typed}” can mean {many}")]
    Several {
        /// What was typed.
        typed: String,
        /// All of them, told apart.
        many: Few,
    },
}

impl NotFound {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Nothing { near, .. } if near.is_empty() => "Check how it is written.".into(),
            Self::Nothing { near, .. } => format!("Nearly so: {near}."),
            Self::Several { .. } => "Use what tells them apart: an id, an identifier or an address.".into(),
        }
    }
}

/// The person with this id, address or name, whatever their status.
///
/// # Errors
/// When nobody or several people could be meant.
pub fn person(org: &Org, typed: &str) -> Result<UserId, NotFound> {
    if let Some(user) = typed.parse().ok().and_then(|id| org.user(id)) {
        return Ok(user.id);
    }
    let holder = EmailAddress::new(typed).ok().and_then(|address| org.holder(&address.key()));
    if let Some(Holder::User(id)) = holder {
        return Ok(id);
    }
    let word = folded(typed.trim());
    let users = || org.users().values().map(AsRef::as_ref);
    let meant = |user: &&User| folded(user.name.as_str()) == word || folded(user.address.as_str()) == word;
    let tell = |user: &User| format!("{} ({}, {})", user.name, user.address, user.id);
    only("person", typed, users().filter(meant).map(|user| (user.id, tell(user))), || {
        near(&word, users().map(|user| (vec![folded(user.name.as_str()), folded(user.address.as_str())], tell(user))))
    })
}

/// The account with this id, identifier or name, ignored or not.
///
/// # Errors
/// When no account or several could be meant.
pub fn account(org: &Org, typed: &str) -> Result<AccountId, NotFound> {
    if let Some(account) = typed.parse().ok().and_then(|id| org.account(id)) {
        return Ok(account.id);
    }
    let word = folded(typed.trim());
    let number: String = word.split_whitespace().collect();
    let bare = |account: &Account| -> String { folded(account.identifier.as_str()).split_whitespace().collect() };
    let accounts = || org.accounts().values().map(AsRef::as_ref);
    let meant = |account: &&Account| folded(account.name.as_str()) == word || bare(account) == number;
    let tell = |account: &Account| account_in_full(org, account);
    only("account", typed, accounts().filter(meant).map(|account| (account.id, tell(account))), || {
        near(&word, accounts().map(|account| (vec![folded(account.name.as_str()), bare(account)], tell(account))))
    })
}

/// An account as nothing else is called: name, currency, identifier and entity.
pub fn account_in_full(org: &Org, account: &Account) -> String {
    let owner = org.entity(account.entity).map(|entity| format!(" of “{}”", entity.name)).unwrap_or_default();
    format!("“{}” ({}, {}){owner}", account.name, account.identifier, account.currency)
}

fn only<T>(
    what: &'static str,
    typed: &str,
    meant: impl Iterator<Item = (T, String)>,
    near: impl FnOnce() -> Few,
) -> Result<T, NotFound> {
    let mut meant: Vec<_> = meant.collect();
    let typed = typed.trim().to_owned();
    match (meant.pop(), meant.is_empty()) {
        (Some((only, _)), true) => Ok(only),
        (Some(last), false) => {
            meant.push(last);
            Err(NotFound::Several { typed, many: meant.into_iter().map(|(_, told)| told).collect() })
        }
        (None, _) => Err(NotFound::Nothing { what, typed, near: near() }),
    }
}

/// Those whose words contain what was typed, or are spelled nearly so; the nearest first.
fn near(word: &str, all: impl Iterator<Item = (Vec<String>, String)>) -> Few {
    if word.is_empty() {
        return Few::default();
    }
    let distance = |candidate: &String| {
        let far = strsim::damerau_levenshtein(word, candidate);
        if candidate.contains(word) { 0 } else { far }
    };
    let bound = 2.max(word.chars().count() / 3);
    let scored = all.filter_map(|(words, told)| Some((words.iter().map(distance).min()?, told)));
    let mut near: Vec<_> = scored.filter(|(distance, _)| *distance <= bound).collect();
    near.sort();
    near.into_iter().map(|(_, told)| told).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;
    use crate::domain::fixture::Company;
    use crate::domain::scope::Scope;
    use crate::domain::user::UserStatus;

    #[test]
    fn people_are_found_by_name_address_and_id() {
        let mut company = Company::new();
        let role = company.role("R", crate::domain::role::Grants::Everything, Scope::AllFuture);
        let ada = company.user("Ada Berg", [role], UserStatus::Active);
        let bo = company.user("Bo Ek", [role], UserStatus::Removed);
        let org = company.org();
        let address = org.user(ada).unwrap().address.to_string().to_uppercase();
        for typed in ["ada berg", " Ada Berg ", &address, &ada.to_string()] {
            assert_eq!(person(org, typed), Ok(ada), "{typed}");
        }
        assert_eq!(person(org, "Bo Ek"), Ok(bo), "removed, and known still");
        let near = person(org, "ada brg").unwrap_err();
        assert_eq!(near.to_string(), "There is no person called “ada brg”");
        assert!(near.hint().starts_with("Nearly so: Ada Berg ("), "{}", near.hint());
        assert_eq!(person(org, "Zacharias").unwrap_err().hint(), "Check how it is written.");
        company.user("Ada Berg", [role], UserStatus::Active);
        let several = person(company.org(), "Ada Berg").unwrap_err();
        assert!(several.to_string().starts_with("“Ada Berg” can mean Ada Berg ("), "{several}");
    }

    #[test]
    fn accounts_are_found_by_name_identifier_and_id() {
        let mut company = Company::new();
        let (north, south) = (company.entity("North", None), company.entity("South", None));
        let main = company.account("Main", north);
        let identifier = company.org().account(main).unwrap().identifier.to_string().to_lowercase();
        for typed in ["main", "MAIN ", &identifier, &main.to_string()] {
            assert_eq!(account(company.org(), typed), Ok(main), "{typed}");
        }
        company.account("Main", south);
        let several = account(company.org(), "main").unwrap_err().to_string();
        assert!(several.contains("of “North”") && several.contains("of “South”"), "{several}");
        let near = account(company.org(), "Mian").unwrap_err();
        assert!(near.hint().starts_with("Nearly so: “Main” ("), "{}", near.hint());
    }
}
