//! Which roles see what is in an account, and what a change does to that.
use super::access::{reaches_account, reaches_entity};
use super::census::{RoleUse, RoleUses};
use super::draft::account_scoped;
use super::org::Org;
use super::permission::Permission;
use super::role::Role;
use super::scope::{Place, Scope};
use super::words::counted;

/// A role that sees a place, and how many people have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seer<'a> {
    /// The role.
    pub role: &'a Role,
    /// Who has it.
    pub held: RoleUse,
}

/// The active roles, Owner included, whose scope reaches `place` and that can do something with its accounts:
/// those with an account-scoped permission or `accounts:read`. By name.
///
/// An ignored account is seen by nobody. For an account that is about to be provisioned, ask about its entity;
/// for an entity that is about to be created at the top, about [`Place::Everywhere`].
pub fn who_sees<'a>(org: &'a Org, uses: &RoleUses, place: Place) -> Vec<Seer<'a>> {
    let reaching = org.active_roles().filter(|role| looks(role) && reaches(org, &role.scope, place));
    let mut seers: Vec<_> = reaching.map(|role| Seer { role, held: uses.of_role(role.id) }).collect();
    seers.sort_by_cached_key(|seer| seer.role.name.key());
    seers
}

fn looks(role: &Role) -> bool {
    let permissions = role.permissions();
    permissions.contains(Permission::ACCOUNTS_READ) || !account_scoped(permissions).is_empty()
}

fn reaches(org: &Org, scope: &Scope, place: Place) -> bool {
    match place {
        Place::Organization => true,
        Place::Everywhere => *scope == Scope::AllFuture,
        Place::Entity(entity) => reaches_entity(org, scope, entity),
        Place::Account(account) => reaches_account(org, scope, account),
    }
}

/// Which roles see a place after a change and before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SightChange<'a> {
    /// They did not see it and will.
    pub gain: Vec<Seer<'a>>,
    /// They see it and will not.
    pub lose: Vec<Seer<'a>>,
    /// They see it and will go on.
    pub keep: Vec<Seer<'a>>,
}

impl<'a> SightChange<'a> {
    /// What the change from `before` to `after`, tried on a copy, does to who sees `place`: for an account that is
    /// provisioned, moved or ignored, and for an entity that is moved. `uses` are those before or after, which such a
    /// change leaves alone.
    pub fn between(before: &'a Org, after: &'a Org, uses: &RoleUses, place: Place) -> Self {
        let (old, new) = (who_sees(before, uses, place), who_sees(after, uses, place));
        let among = |seers: &[Seer<'_>], seer: &Seer<'_>| seers.iter().any(|other| other.role.id == seer.role.id);
        let lose = old.iter().filter(|seer| !among(&new, seer)).copied().collect();
        let (keep, gain) = new.iter().partition(|seer| among(&old, seer));
        Self { gain, lose, keep }
    }

    /// The same in sentences: who will see it, who no longer, who as before. Never empty.
    pub fn in_words(&self) -> Vec<String> {
        let parts = [("Will see it", &self.gain), ("No longer see it", &self.lose), ("See it as before", &self.keep)];
        let told = parts.into_iter().filter(|(_, seers)| !seers.is_empty());
        let mut sentences: Vec<String> =
            told.map(|(what, seers)| format!("{what}: {}.", seers_in_words(seers))).collect();
        if sentences.is_empty() {
            sentences.push("No role sees it, before or after.".to_owned());
        }
        sentences
    }
}

/// Roles with their people: `“Owner” (1 person), “Reader” (3 people, 1 invited)`; `no role` when there is none.
pub fn seers_in_words(seers: &[Seer<'_>]) -> String {
    let each = |seer: &Seer<'_>| {
        let people = counted(seer.held.active, "person", "people");
        let invited = match seer.held.invitations {
            0 => String::new(),
            invited => format!(", {invited} invited"),
        };
        format!("“{}” ({people}{invited})", seer.role.name)
    };
    match seers {
        [] => "no role".to_owned(),
        seers => seers.iter().map(each).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::catalogue::Group;
    use crate::domain::fixture::{Company, advanced, chosen, simple};
    use crate::domain::id::{AccountId, EntityId};
    use crate::domain::role::Grants;
    use crate::domain::user::UserStatus;

    struct Cast {
        company: Company,
        north: EntityId,
        south: EntityId,
        oslo: AccountId,
    }

    fn cast() -> Cast {
        let mut company = Company::new();
        let north = company.entity("North", None);
        let south = company.entity("South", None);
        let oslo = company.account("Oslo", north);
        let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
        let reader = company.role("Reader", simple([Group::ReadFinancialData]), chosen([north], []));
        company.role("Looker", advanced("accounts:read"), chosen([], [oslo]));
        company.role("Southerner", simple([Group::ReadFinancialData]), chosen([south], []));
        company.role("Admin", advanced("roles:create"), Scope::AllFuture);
        let gone = company.role("Gone", simple([Group::ReadFinancialData]), Scope::AllFuture);
        company.delete(gone);
        company.user("Ada", [owner, reader], UserStatus::Active);
        company.user("Ben", [reader], UserStatus::Active);
        company.user("Cem", [reader], UserStatus::Deactivated);
        company.invitation("dana@example.com", [reader]);
        Cast { company, north, south, oslo }
    }

    fn seen(company: &Company, place: Place) -> String {
        seers_in_words(&who_sees(company.org(), &RoleUses::of(company.org()), place))
    }

    #[test]
    fn who_sees_an_account_holds_something_for_it_and_reaches_it() {
        let Cast { mut company, oslo, .. } = cast();
        let words = "“Looker” (no people), “Owner” (1 person), “Reader” (2 people, 1 invited)";
        assert_eq!(seen(&company, Place::Account(oslo)), words);
        company.ignore(oslo);
        assert_eq!(seen(&company, Place::Account(oslo)), "no role");
    }

    #[test]
    fn who_sees_an_entity_reaches_its_later_accounts() {
        let Cast { company, north, .. } = cast();
        assert_eq!(seen(&company, Place::Entity(north)), "“Owner” (1 person), “Reader” (2 people, 1 invited)");
        assert_eq!(seen(&company, Place::Everywhere), "“Owner” (1 person)");
    }

    #[test]
    fn moving_an_account_says_who_gains_and_who_loses_sight() {
        let Cast { company, south, oslo, .. } = cast();
        let mut after = company.clone();
        after.move_to(oslo, south);
        let uses = RoleUses::of(company.org());
        let change = SightChange::between(company.org(), after.org(), &uses, Place::Account(oslo));
        assert_eq!(
            change.in_words(),
            [
                "Will see it: “Southerner” (no people).",
                "No longer see it: “Reader” (2 people, 1 invited).",
                "See it as before: “Looker” (no people), “Owner” (1 person).",
            ]
        );
    }

    #[test]
    fn an_ignored_account_is_lost_to_all_who_saw_it() {
        let Cast { company, oslo, .. } = cast();
        let mut after = company.clone();
        after.ignore(oslo);
        let uses = RoleUses::of(company.org());
        let change = SightChange::between(company.org(), after.org(), &uses, Place::Account(oslo));
        assert!(change.gain.is_empty() && change.keep.is_empty());
        assert_eq!(change.lose.len(), 3);
        let back = SightChange::between(after.org(), company.org(), &uses, Place::Account(oslo));
        assert_eq!(back.gain, change.lose);
        let none = SightChange::between(after.org(), after.org(), &uses, Place::Account(oslo));
        assert_eq!(none.in_words(), ["No role sees it, before or after."]);
    }
}
