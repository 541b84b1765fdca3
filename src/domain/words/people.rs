//! Whom a role reaches.
use super::list::counted;
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::refusal::Few;
use crate::domain::user::{Invitation, User, UserStatus};

/// Everybody who has a role, or was invited with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People<'a> {
    /// Users who may sign in.
    pub active: Vec<&'a User>,
    /// Users who may not, for now.
    pub deactivated: Vec<&'a User>,
    /// Open invitations, expired ones included.
    pub invited: Vec<&'a Invitation>,
}

/// Everybody who has this role, or was invited with it: people by name, invitations by address.
pub fn people_of(org: &Org, role: RoleId) -> People<'_> {
    let with = |status: UserStatus| {
        let users = org.users().values().map(AsRef::as_ref);
        let mut users: Vec<&User> = users.filter(|user| user.status == status && user.roles.contains(role)).collect();
        users.sort_by_cached_key(|user| user.name.key());
        users
    };
    let open = org.invitations().values().map(AsRef::as_ref);
    let mut invited: Vec<&Invitation> = open.filter(|open| open.roles.contains(role)).collect();
    invited.sort_unstable_by_key(|open| open.address.key());
    People { active: with(UserStatus::Active), deactivated: with(UserStatus::Deactivated), invited }
}

impl People<'_> {
    /// Whether there is nobody.
    pub const fn is_empty(&self) -> bool {
        self.active.is_empty() && self.deactivated.is_empty() && self.invited.is_empty()
    }

    /// Who they are, in sentences; long lists are cut and say by how much. Never empty.
    pub fn in_words(&self) -> Vec<String> {
        let active: Few = self.active.iter().map(|user| &user.name).collect();
        let deactivated: Few = self.deactivated.iter().map(|user| &user.name).collect();
        let invited: Few = self.invited.iter().map(|open| &open.address).collect();
        let parts = [
            (active, ("active user", "active users")),
            (deactivated, ("deactivated user", "deactivated users")),
            (invited, ("open invitation", "open invitations")),
        ];
        let told = parts.into_iter().filter(|(few, _)| !few.is_empty());
        let mut lines: Vec<String> =
            told.map(|(few, (one, many))| format!("{}: {few}", counted(few.total(), one, many))).collect();
        if lines.is_empty() {
            lines.push("nobody holds it, and nobody was invited with it".to_owned());
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{Company, simple};
    use crate::domain::scope::Scope;

    #[test]
    fn people_are_told_apart_by_their_standing() {
        let mut company = Company::new();
        let reader = company.role("Reader", simple([]), Scope::AllFuture);
        let other = company.role("Other", simple([]), Scope::AllFuture);
        company.user("Zoe", [reader], UserStatus::Active);
        company.user("Ada", [other, reader], UserStatus::Active);
        company.user("Ben", [reader], UserStatus::Deactivated);
        company.user("Cem", [other], UserStatus::Active);
        company.invitation("eve@example.com", [reader]);
        company.invitation("dan@example.com", [reader]);
        let people = people_of(company.org(), reader);
        assert!(!people.is_empty());
        assert_eq!(
            people.in_words(),
            [
                "2 active users: Ada and Zoe",
                "1 deactivated user: Ben",
                "2 open invitations: dan@example.com and eve@example.com",
            ]
        );
    }

    #[test]
    fn a_role_without_people_says_so() {
        let mut company = Company::new();
        let unused = company.role("Unused", simple([]), Scope::AllFuture);
        let people = people_of(company.org(), unused);
        assert!(people.is_empty());
        assert_eq!(people.in_words(), ["nobody holds it, and nobody was invited with it"]);
    }
}
