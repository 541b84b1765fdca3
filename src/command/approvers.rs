//! How many people stand between the organization and requests that nobody can approve.
use std::collections::HashMap;

use super::deadlock::permissions_of;
use crate::domain::id::{RoleId, UserId};
use crate::domain::identity::same_person;
use crate::domain::org::Org;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::security::Area;
use crate::domain::user::User;

/// The people who could approve the kind of request that the fewest could, whether four-eyes is on for it or not; of two
/// users who are one person, one. Where there are at least `enough`, that many are named, and nobody else is looked at.
pub fn fewest_approvers(org: &Org, enough: usize) -> Vec<UserId> {
    let kinds: PermissionSet = Area::ALL.into_iter().flat_map(permissions_of).copied().collect();
    let deciding = |role: &&crate::domain::role::Role| role.permissions().contains(Permission::ORGANIZATIONS_UPDATE);
    let roles: HashMap<RoleId, PermissionSet> =
        org.active_roles().filter(deciding).map(|role| (role.id, role.permissions().intersection(kinds))).collect();
    let mut found: Vec<(Permission, Vec<UserId>)> = kinds.iter().map(|kind| (kind, Vec::new())).collect();
    let approves = |user: &User| {
        let held = user.roles.iter().filter_map(|role| roles.get(&role));
        held.fold(PermissionSet::NONE, |all, held| all.union(*held))
    };
    for user in org.users().values().filter(|user| user.is_active()) {
        let approved = approves(user);
        if approved.is_empty() {
            continue;
        }
        for (kind, people) in &mut found {
            let known = |people: &[UserId]| people.iter().any(|one| same_person(org, *one, user.id));
            if people.len() < enough && approved.contains(*kind) && !known(people) {
                people.push(user.id);
            }
        }
        if found.iter().all(|(_, people)| people.len() >= enough) {
            break;
        }
    }
    found.into_iter().map(|(_, people)| people).min_by_key(Vec::len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::command::{Spare, doctor};
    use crate::domain::fixture::{Company, advanced};
    use crate::domain::role::Grants;
    use crate::domain::row::Row;
    use crate::domain::scope::Scope;
    use crate::domain::user::UserStatus;

    #[test]
    fn it_agrees_with_the_doctor_about_owners() {
        let mut company = Company::new();
        let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
        for (name, spare) in
            [("Ada", Spare::Hole), ("Bo", Spare::OneOnly), ("Cy", Spare::Enough), ("Di", Spare::Enough)]
        {
            company.user(name, [owner], UserStatus::Active);
            let worst = doctor(company.org()).iter().map(|area| area.spare()).min().unwrap();
            let fewest = fewest_approvers(company.org(), 3).len();
            assert_eq!((worst, fewest), (spare, company.org().users().len().min(3)), "with {name}");
        }
    }

    #[test]
    fn the_kind_of_request_counts_that_the_fewest_can_approve() {
        let mut company = Company::new();
        let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
        let inviter = company.role("Inviter", advanced("organizations:update invitations:create"), Scope::AllFuture);
        let blind = company.role("Blind", advanced("invitations:create roles:create"), Scope::AllFuture);
        let ada = company.user("Ada", [owner], UserStatus::Active);
        company.user("Bo", [inviter], UserStatus::Active);
        company.user("Cy", [inviter], UserStatus::Active);
        company.user("Di", [blind], UserStatus::Active);
        company.user("Ed", [owner], UserStatus::Deactivated);
        assert_eq!(fewest_approvers(company.org(), 3), [ada]);
    }

    #[test]
    fn two_accounts_of_one_mailbox_are_one_person() {
        let mut company = Company::new();
        let owner = company.role("Owner", Grants::Everything, Scope::AllFuture);
        for (name, address) in [("Ada", "ada@example.com"), ("Ada again", "ada+bank@example.com")] {
            let id = company.user(name, [owner], UserStatus::Active);
            let row = company.org().user(id).unwrap().clone();
            company.put(Row::User(User { address: address.parse().unwrap(), ..row }));
        }
        assert_eq!(fewest_approvers(company.org(), 3).len(), 1);
    }
}
