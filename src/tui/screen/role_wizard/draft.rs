//! A role while it is being made: everything that the wizard asks for, and no drawing.
use super::chosen::Chosen;
use super::places::Place;
use crate::domain::catalogue::{Group, GroupSet, as_groups, needs_account};
use crate::domain::id::{EntityId, RoleId};
use crate::domain::org::Org;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::role::{Grants, Role};
use crate::domain::scope::Scope;
use crate::tui::unfinished::RoleInHand;

/// What becomes of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new role.
    Create,
    /// A new role that began as a copy.
    Duplicate,
    /// This role, changed.
    Edit(RoleId),
}

/// Where one is, in the documented order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Define permissions.
    Permissions,
    /// Select accounts; only when a permission reaches into accounts (decision 5 in the crate docs).
    Accounts,
    /// Complete the role setup.
    Summary,
}

/// How permissions are defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// By ticking groups.
    Simple,
    /// By ticking permissions.
    Advanced,
}

/// Which accounts the role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All that exist, now and later.
    AllFuture,
    /// Those that are chosen.
    Chosen,
}

/// What turning several permissions at once did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// So many were added; now all of them are on.
    On(usize),
    /// All were on; so many were taken away.
    Off(usize),
}

/// The permissions are no union of groups, so Simple setup cannot show them (decision 3 in the crate docs).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoUnion;

/// A role while it is being made.
///
/// What is not in use now is kept for when it is: the ticks while permissions are ticked one by one, and the chosen
/// accounts while all are reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleDraft {
    purpose: Purpose,
    step: Step,
    setup: Setup,
    ticks: GroupSet,
    cells: PermissionSet,
    reach: Reach,
    chosen: Chosen,
    name: String,
}

impl RoleDraft {
    /// A new role: Simple setup with Basic Access ticked, on all future entities, and no name yet.
    pub fn create() -> Self {
        Self {
            purpose: Purpose::Create,
            step: Step::Permissions,
            setup: Setup::Simple,
            ticks: [Group::BasicAccess].into_iter().collect(),
            cells: PermissionSet::NONE,
            reach: Reach::AllFuture,
            chosen: Chosen::default(),
            name: String::new(),
        }
    }

    /// A role as it is, to be changed.
    pub fn edit(role: &Role) -> Self {
        Self::of(role, Purpose::Edit(role.id), role.name.as_str().to_owned())
    }

    /// A new role that begins with what another one permits, and where. Owner permits what all groups together do.
    pub fn duplicate(role: &Role, name: String) -> Self {
        Self::of(role, Purpose::Duplicate, name)
    }

    fn of(role: &Role, purpose: Purpose, name: String) -> Self {
        let mut draft = Self { purpose, name, ..Self::create() };
        draft.take_over(match &role.grants {
            Grants::Everything => Grants::Simple(Group::ALL.into_iter().collect()),
            grants => grants.clone(),
        });
        if let Scope::Chosen { entities, accounts } = role.scope.as_ref() {
            draft.choose(Chosen { entities: entities.clone(), accounts: accounts.clone() });
        }
        draft
    }

    /// As somebody left it.
    pub fn resume(&mut self, role: &RoleInHand) {
        self.take_over(role.grants.clone());
        if let Scope::Chosen { entities, accounts } = &role.scope {
            self.choose(Chosen { entities: entities.clone(), accounts: accounts.clone() });
        } else {
            self.reach = Reach::AllFuture;
        }
        self.name.clone_from(&role.name);
    }

    /// What it would be kept as.
    pub fn in_hand(&self) -> RoleInHand {
        RoleInHand { changes: self.role(), grants: self.grants(), scope: self.scope(), name: self.name.clone() }
    }

    /// What becomes of it.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The role that is changed, if it is one that exists.
    pub const fn role(&self) -> Option<RoleId> {
        match self.purpose {
            Purpose::Edit(role) => Some(role),
            Purpose::Create | Purpose::Duplicate => None,
        }
    }

    /// Where one is.
    pub const fn step(&self) -> Step {
        self.step
    }

    /// How permissions are defined now.
    pub const fn setup(&self) -> Setup {
        self.setup
    }

    /// The ticked groups; those from before while permissions are ticked one by one.
    pub const fn ticks(&self) -> GroupSet {
        self.ticks
    }

    /// The permissions as they are now.
    pub fn permissions(&self) -> PermissionSet {
        match self.setup {
            Setup::Simple => self.ticks.permissions(),
            Setup::Advanced => self.cells,
        }
    }

    /// What the role would permit, as it would be stored.
    pub const fn grants(&self) -> Grants {
        match self.setup {
            Setup::Simple => Grants::Simple(self.ticks),
            Setup::Advanced => Grants::Advanced(self.cells),
        }
    }

    /// Which accounts it would reach, as it would be stored.
    pub fn scope(&self) -> Scope {
        match self.reach {
            Reach::AllFuture => Scope::AllFuture,
            Reach::Chosen => self.chosen.scope(),
        }
    }

    /// Whether all accounts or chosen ones are reached.
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// The chosen entities and accounts, whether they matter now or not.
    pub const fn chosen(&self) -> &Chosen {
        &self.chosen
    }

    /// The name as typed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Another name.
    pub fn rename(&mut self, name: &str) {
        self.name = name.to_owned();
    }

    /// Ticks a group or takes its tick away; what other ticked groups give stays (decision 2 in the crate docs).
    pub const fn toggle_group(&mut self, group: Group) {
        if self.ticks.contains(group) {
            self.ticks.remove(group);
        } else {
            self.ticks.insert(group);
        }
    }

    /// Adds these permissions in Advanced setup, or takes all of them away when none is missing.
    pub fn turn(&mut self, permissions: PermissionSet) -> Turned {
        let missing = permissions.minus(self.cells);
        if missing.is_empty() {
            self.cells = self.cells.minus(permissions);
            Turned::Off(permissions.len())
        } else {
            self.cells = self.cells.union(missing);
            Turned::On(missing.len())
        }
    }

    /// Adds one permission in Advanced setup, or takes it away.
    pub fn toggle(&mut self, permission: Permission) -> Turned {
        self.turn([permission].into_iter().collect())
    }

    /// The other setup with the same permissions.
    ///
    /// # Errors
    /// When Simple setup cannot show them; nothing changes then.
    pub fn switch_setup(&mut self) -> Result<(), NoUnion> {
        match self.setup {
            Setup::Simple => {
                self.cells = self.ticks.permissions();
                self.setup = Setup::Advanced;
            }
            Setup::Advanced => {
                self.ticks = self.as_ticks().ok_or(NoUnion)?;
                self.setup = Setup::Simple;
            }
        }
        Ok(())
    }

    /// The ticks that give exactly the permissions as they are now: the former ones where they still do, else as few
    /// as possible with as many of the former ones as possible.
    pub fn as_ticks(&self) -> Option<GroupSet> {
        let wanted = self.permissions();
        if self.ticks.permissions() == wanted {
            return Some(self.ticks);
        }
        let fitting = as_groups(wanted)?;
        let (former, others): (Vec<Group>, Vec<Group>) = fitting.iter().partition(|group| self.ticks.contains(*group));
        let given_up = others.into_iter().rev().chain(former.into_iter().rev());
        Some(given_up.fold(fitting, |ticks, group| {
            let fewer = ticks.without(group);
            if fewer.permissions() == wanted { fewer } else { ticks }
        }))
    }

    /// Another definition of the permissions, with the setup that it is in.
    pub fn take_over(&mut self, grants: Grants) {
        match grants {
            Grants::Everything => self.take_over(Grants::Advanced(PermissionSet::everything())),
            Grants::Simple(ticks) => {
                self.setup = Setup::Simple;
                self.ticks = ticks;
            }
            Grants::Advanced(cells) => {
                self.setup = Setup::Advanced;
                self.cells = cells;
            }
        }
    }

    /// Whether a permission reaches into accounts, so that *Select accounts* is asked.
    pub fn asks_for_accounts(&self) -> bool {
        needs_account(self.permissions())
    }

    /// The next step, if there is one.
    pub fn next(&self) -> Option<Step> {
        match self.step {
            Step::Permissions if self.asks_for_accounts() => Some(Step::Accounts),
            Step::Permissions | Step::Accounts => Some(Step::Summary),
            Step::Summary => None,
        }
    }

    /// The step before, if there is one.
    pub fn previous(&self) -> Option<Step> {
        match self.step {
            Step::Permissions => None,
            Step::Summary if self.asks_for_accounts() => Some(Step::Accounts),
            Step::Accounts | Step::Summary => Some(Step::Permissions),
        }
    }

    /// Goes to a step.
    pub const fn go(&mut self, step: Step) {
        self.step = step;
    }

    /// Reaches all accounts, now and later, or the chosen ones again.
    pub const fn toggle_reach(&mut self) {
        self.reach = match self.reach {
            Reach::AllFuture => Reach::Chosen,
            Reach::Chosen => Reach::AllFuture,
        };
    }

    /// Reaches these and no others.
    pub fn choose(&mut self, chosen: Chosen) {
        self.reach = Reach::Chosen;
        self.chosen = chosen;
    }

    /// Chooses an entity or account, or gives it up.
    ///
    /// # Errors
    /// See [`Chosen::toggle`].
    pub fn toggle_place(&mut self, org: &Org, place: Place) -> Result<(), EntityId> {
        self.chosen.toggle(org, place)
    }

    /// Takes out what is chosen and does not exist any more; how many these are.
    pub fn forget_missing(&mut self, org: &Org) -> usize {
        let before = self.chosen.len();
        self.chosen.forget_missing(org);
        before - self.chosen.len()
    }

    /// Whether another role would come of it than of the other draft. Where one is and what is kept do not matter.
    pub fn differs_from(&self, other: &Self) -> bool {
        self.grants() != other.grants() || self.scope() != other.scope() || self.name.trim() != other.name.trim()
    }
}

#[cfg(test)]
mod tests;
