//! Who could approve whose requests: what keeps four-eyes from standing still (decision 10 in the crate docs).
use std::collections::BTreeMap;

use super::deadlock::{areas_in_force, permissions_of};
use crate::domain::address::AddressKey;
use crate::domain::id::{RoleId, UserId};
use crate::domain::identity::{mailbox, same_person};
use crate::domain::org::Org;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::security::Area;
use crate::domain::user::User;

/// How many people could fail before requests wait for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spare {
    /// Nobody could approve.
    Hole,
    /// One person alone could approve: while they are away, requests wait.
    OneOnly,
    /// Two or more could approve.
    Enough,
}

/// Requests of one person that the same people could approve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Who asks.
    pub requester: UserId,
    /// What their requests need.
    pub permissions: Vec<Permission>,
    /// The other people who could approve them, in the order of their ids.
    pub approvers: Vec<UserId>,
}

impl Cover {
    /// How many people could fail.
    pub fn spare(&self) -> Spare {
        match self.approvers.len() {
            0 => Spare::Hole,
            1 => Spare::OneOnly,
            _ => Spare::Enough,
        }
    }
}

/// How an area stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaCover {
    /// Which.
    pub area: Area,
    /// Whether requests are asked for in it now.
    pub in_force: bool,
    /// Every possible requester with their possible approvers; those with the fewest approvers first.
    pub covers: Vec<Cover>,
}

impl AreaCover {
    /// How the worst covered requester stands.
    pub fn spare(&self) -> Spare {
        self.covers.first().map_or(Spare::Enough, Cover::spare)
    }
}

/// For every area that protects something, on or off: who can ask for something in it, and who else could approve
/// that. Ordinary requests are meant, those that are about nobody.
pub fn doctor(org: &Org) -> Vec<AreaCover> {
    let in_force = areas_in_force(org);
    let areas = Area::ALL.into_iter().filter(|area| area.protects());
    areas.map(|area| AreaCover { area, in_force: in_force.contains(&area), covers: covers(org, area) }).collect()
}

/// A user with what they can ask for and approve in an area, with any of their roles.
struct Able<'a> {
    user: &'a User,
    asks: PermissionSet,
    approves: PermissionSet,
}

fn covers(org: &Org, area: Area) -> Vec<Cover> {
    let wanted: PermissionSet = permissions_of(area).iter().copied().collect();
    let roles: BTreeMap<RoleId, PermissionSet> = org.active_roles().map(|role| (role.id, role.permissions())).collect();
    let able: Vec<Able<'_>> = org.users().values().filter_map(|user| able(user, &roles, wanted)).collect();
    let mut covers = Vec::new();
    for (permissions, eligible) in eligible(&able, wanted) {
        for requester in &able {
            let asked: Vec<_> = permissions.iter().copied().filter(|asked| requester.asks.contains(*asked)).collect();
            if asked.is_empty() {
                continue;
            }
            let own = mailbox(requester.user);
            let same = |user: &User, key: &AddressKey| own == *key && same_person(org, user.id, requester.user.id);
            let others = eligible.iter().filter(|(user, key)| !same(user, key)).map(|(user, _)| user.id);
            covers.push(Cover { requester: requester.user.id, permissions: asked, approvers: others.collect() });
        }
    }
    merged(covers)
}

/// What an active user can do in an area, if anything.
fn able<'a>(user: &'a User, roles: &BTreeMap<RoleId, PermissionSet>, wanted: PermissionSet) -> Option<Able<'a>> {
    let mut able = Able { user, asks: PermissionSet::default(), approves: PermissionSet::default() };
    if !user.is_active() {
        return None;
    }
    for held in user.roles.iter().filter_map(|role| roles.get(&role)) {
        let here = held.intersection(wanted);
        able.asks = able.asks.union(here);
        if held.contains(Permission::ORGANIZATIONS_UPDATE) {
            able.approves = able.approves.union(here);
        }
    }
    (!able.asks.is_empty()).then_some(able)
}

/// The eligible approvers with their mailboxes, once for all the permissions that have the same ones.
type Eligible<'a> = Vec<(&'a User, AddressKey)>;

fn eligible<'a>(able: &[Able<'a>], wanted: PermissionSet) -> Vec<(Vec<Permission>, Eligible<'a>)> {
    let mut groups: Vec<(Vec<Permission>, Vec<usize>)> = Vec::new();
    for permission in wanted.iter() {
        let approve = |(n, able): (usize, &Able<'_>)| able.approves.contains(permission).then_some(n);
        let who: Vec<_> = able.iter().enumerate().filter_map(approve).collect();
        match groups.iter_mut().find(|(_, others)| *others == who) {
            Some((permissions, _)) => permissions.push(permission),
            None => groups.push((vec![permission], who)),
        }
    }
    let with_mailbox = |n: &usize| able.get(*n).map(|able| (able.user, mailbox(able.user)));
    groups.into_iter().map(|(permissions, who)| (permissions, who.iter().filter_map(with_mailbox).collect())).collect()
}

/// One line for each requester and list of approvers; the worst covered first.
fn merged(covers: Vec<Cover>) -> Vec<Cover> {
    let mut merged: BTreeMap<(usize, UserId, Vec<UserId>), Vec<Permission>> = BTreeMap::new();
    for Cover { requester, permissions, approvers } in covers {
        merged.entry((approvers.len(), requester, approvers)).or_default().extend(permissions);
    }
    let cover = |((_, requester, approvers), permissions)| Cover { requester, permissions, approvers };
    merged.into_iter().map(cover).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
    use super::*;
    use crate::domain::fixture::{Company, advanced};
    use crate::domain::role::Grants;
    use crate::domain::row::Row;
    use crate::domain::scope::Scope;
    use crate::domain::user::UserStatus;

    const ACTIVE: UserStatus = UserStatus::Active;

    fn in_area(company: &Company, area: Area) -> AreaCover {
        doctor(company.org()).into_iter().find(|cover| cover.area == area).unwrap()
    }

    fn owner(company: &mut Company) -> RoleId {
        company.role("Owner", Grants::Everything, Scope::AllFuture)
    }

    #[test]
    fn what_protects_nothing_is_not_looked_at() {
        let areas: Vec<_> = doctor(&Org::default()).into_iter().map(|cover| cover.area).collect();
        assert_eq!(areas, [Area::Organization, Area::UserManagement]);
    }

    #[test]
    fn one_person_alone_is_a_hole_two_have_one_spare_and_three_are_enough() {
        let mut company = Company::new();
        let owner = owner(&mut company);
        for (name, spare) in [("Ada", Spare::Hole), ("Bo", Spare::OneOnly), ("Cy", Spare::Enough)] {
            company.user(name, [owner], ACTIVE);
            assert_eq!(in_area(&company, Area::Organization).spare(), spare, "with {name}");
            assert_eq!(in_area(&company, Area::UserManagement).spare(), spare, "with {name}");
        }
        company.user("Di", [owner], UserStatus::Deactivated);
        assert_eq!(
            in_area(&company, Area::Organization).covers.len(),
            3,
            "who is deactivated neither asks nor approves"
        );
    }

    #[test]
    fn who_may_ask_and_not_approve_is_a_requester_and_no_approver() {
        let mut company = Company::new();
        let owner = owner(&mut company);
        let inviter = company.role("Inviter", advanced("invitations:create"), Scope::AllFuture);
        let ada = company.user("Ada", [owner], ACTIVE);
        let bo = company.user("Bo", [inviter], ACTIVE);
        let cover = in_area(&company, Area::UserManagement);
        assert_eq!((cover.covers[0].requester, cover.spare()), (ada, Spare::Hole));
        let invites = Cover { requester: bo, permissions: vec![Permission::INVITATIONS_CREATE], approvers: vec![ada] };
        assert_eq!(cover.covers[1..], [invites]);
    }

    #[test]
    fn one_requester_has_a_line_for_each_list_of_approvers() {
        let mut company = Company::new();
        let owner = owner(&mut company);
        let inviter = company.role("Inviter", advanced("organizations:update invitations:create"), Scope::AllFuture);
        let ada = company.user("Ada", [owner], ACTIVE);
        let bo = company.user("Bo", [owner], ACTIVE);
        let cy = company.user("Cy", [inviter], ACTIVE);
        let covers = in_area(&company, Area::UserManagement).covers;
        let of_ada: Vec<_> = covers.iter().filter(|cover| cover.requester == ada).collect();
        assert_eq!(of_ada.len(), 2);
        assert_eq!((of_ada[0].approvers.as_slice(), of_ada[0].permissions.len()), ([bo].as_slice(), 7));
        assert_eq!((of_ada[1].approvers.as_slice(), of_ada[1].permissions.len()), ([bo, cy].as_slice(), 1));
        assert_eq!(covers.len(), 5, "Cy asks for invitations alone");
    }

    #[test]
    fn both_permissions_must_be_in_one_role() {
        let mut company = Company::new();
        let decides = company.role("Decides", advanced("organizations:update"), Scope::AllFuture);
        let invites = company.role("Invites", advanced("invitations:create"), Scope::AllFuture);
        company.user("Ada", [decides, invites], ACTIVE);
        company.user("Bo", [decides, invites], ACTIVE);
        assert_eq!(in_area(&company, Area::UserManagement).spare(), Spare::Hole);
        assert_eq!(in_area(&company, Area::Organization).spare(), Spare::OneOnly);
    }

    #[test]
    fn a_second_account_of_the_requester_is_nobody_else() {
        let mut company = Company::new();
        let owner = owner(&mut company);
        let ada = company.user("Ada", [owner], ACTIVE);
        let again = company.user("Ada again", [owner], ACTIVE);
        let mut row = company.org().user(again).unwrap().clone();
        let tagged = company.org().user(ada).unwrap().address.to_string().replace('@', "+bank@");
        row.address = tagged.parse().unwrap();
        company.put(Row::User(row));
        assert_eq!(in_area(&company, Area::Organization).spare(), Spare::Hole);
        company.user("Bo", [owner], ACTIVE);
        let cover = in_area(&company, Area::Organization);
        assert_eq!(cover.spare(), Spare::OneOnly);
        assert_eq!(cover.covers.last().unwrap().approvers, [ada, again]);
    }
}
