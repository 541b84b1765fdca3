//! One thing worth knowing about a role, in words.
use crate::domain::catalogue::{Group, GroupSet};
use crate::domain::duties::Payment;
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::permission::{Level, PermissionSet};
use crate::domain::refusal::Few;
use crate::domain::role::Grants;
use crate::domain::words::{joined, labels};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Probably not meant.
    Warning,
    /// A risk that somebody should take on purpose or not at all.
    Serious,
}

impl Severity {
    /// Its name on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Warning => "Warning",
            Self::Serious => "Serious",
        }
    }
}

/// One thing worth knowing about a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It creates and approves the same payment, alone.
    CreatesAndApproves {
        /// The kinds of payment.
        payments: Vec<&'static Payment>,
    },
    /// It approves or rejects payments that it cannot see.
    ApprovesUnseen {
        /// The kinds of payment.
        payments: Vec<&'static Payment>,
    },
    /// It holds Sensitive admin operations, wholly or partly.
    SensitiveAdmin {
        /// Those that no ordinary group gives, too.
        held: PermissionSet,
        /// How much of the group that is.
        extent: Extent,
    },
    /// It creates, changes or deletes what it cannot read (decision 14 in the crate docs).
    WritesUnread {
        /// READ for each of these resources.
        missing: PermissionSet,
    },
    /// It lacks Basic Access, wholly or partly.
    NoBasicAccess {
        /// What is missing of the group.
        missing: PermissionSet,
    },
    /// Active roles permit exactly the same at the same places.
    EqualRole {
        /// By name.
        roles: Vec<RoleId>,
    },
    /// Active roles permit all of it, and more.
    ContainedRole {
        /// By name.
        roles: Vec<RoleId>,
    },
    /// It has permissions for single accounts, and reaches none.
    ReachesNothing {
        /// Why.
        reason: Unreached,
    },
    /// Accounts were chosen, and no permission holds for single accounts.
    ScopeUnused {
        /// The permissions on accounts and entities themselves, which the scope limits all the same.
        limited: PermissionSet,
    },
}

/// How much of a group a role has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    Whole,
    /// Something of it.
    Part,
}

/// Why a scope reaches no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreached {
    /// No entity and no account is chosen, or what was chosen is gone.
    NothingChosen,
    /// All that was chosen is ignored.
    AllIgnored,
    /// The chosen entities have no accounts in use yet.
    NoneYet,
}

impl Finding {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self {
            Self::CreatesAndApproves { .. }
            | Self::ApprovesUnseen { .. }
            | Self::SensitiveAdmin { extent: Extent::Whole, .. } => Severity::Serious,
            Self::SensitiveAdmin { held, .. } if held.iter().all(|one| one.level() == Level::Read) => Severity::Note,
            Self::ReachesNothing { reason: Unreached::NoneYet } => Severity::Note,
            Self::SensitiveAdmin { .. }
            | Self::WritesUnread { .. }
            | Self::NoBasicAccess { .. }
            | Self::EqualRole { .. }
            | Self::ReachesNothing { .. } => Severity::Warning,
            Self::ContainedRole { .. } | Self::ScopeUnused { .. } => Severity::Note,
        }
    }

    /// A stable code for scripts and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CreatesAndApproves { .. } => "creates_and_approves",
            Self::ApprovesUnseen { .. } => "approves_unseen",
            Self::SensitiveAdmin { .. } => "sensitive_admin",
            Self::WritesUnread { .. } => "writes_unread",
            Self::NoBasicAccess { .. } => "no_basic_access",
            Self::EqualRole { .. } => "equal_role",
            Self::ContainedRole { .. } => "contained_role",
            Self::ReachesNothing { .. } => "reaches_nothing",
            Self::ScopeUnused { .. } => "scope_unused",
        }
    }

    /// A few words for a list.
    pub fn title(&self) -> &'static str {
        match self {
            Self::CreatesAndApproves { .. } => "Creates and approves the same payment",
            Self::ApprovesUnseen { .. } => "Approves what it cannot see",
            Self::SensitiveAdmin { extent: Extent::Whole, .. } => "Sensitive admin operations",
            Self::SensitiveAdmin { extent: Extent::Part, .. } => "Part of Sensitive admin operations",
            Self::WritesUnread { .. } => "Writes what it cannot read",
            Self::NoBasicAccess { missing } if *missing == Group::BasicAccess.permissions() => "No Basic Access",
            Self::NoBasicAccess { .. } => "Basic Access is incomplete",
            Self::EqualRole { .. } => "Equal to another role",
            Self::ContainedRole { .. } => "Contained in another role",
            Self::ReachesNothing { reason: Unreached::NoneYet } => "Reaches no account yet",
            Self::ReachesNothing { .. } => "Reaches no account",
            Self::ScopeUnused { limited } if limited.is_empty() => "Chosen accounts do not matter",
            Self::ScopeUnused { .. } => "Chosen accounts matter little",
        }
    }

    /// What it is and what to do about it.
    pub fn sentence(&self, org: &Org) -> String {
        match self {
            Self::CreatesAndApproves { payments } => format!(
                "One person with this role can create {} and approve them on the same accounts. Give the two to \
                 different roles, so that a second person is needed.",
                names(payments)
            ),
            Self::ApprovesUnseen { payments } => format!(
                "It decides on {} without being able to see them. Add READ, so that nobody has to approve blindly.",
                names(payments)
            ),
            Self::SensitiveAdmin { extent: Extent::Whole, .. } => {
                "It holds everything in Sensitive admin operations, and so decides who may do what in the \
                 organization. Keep it for very few administrators."
                    .to_owned()
            }
            Self::SensitiveAdmin { held, .. } => format!(
                "It holds part of Sensitive admin operations: {}. Only administrators should.",
                held.iter().collect::<Few>()
            ),
            Self::WritesUnread { missing } => format!(
                "It can create, change or delete, but not read: {}. No level includes another: add READ.",
                labels(*missing)
            ),
            Self::NoBasicAccess { missing } if *missing == Group::BasicAccess.permissions() => {
                "Without Basic Access its holders cannot find their way around: every role should have it.".to_owned()
            }
            Self::NoBasicAccess { missing } => {
                format!("Every role should have the whole of Basic Access. It lacks {}.", labels(*missing))
            }
            Self::EqualRole { roles } => {
                format!("The same is permitted at the same places by {}. One role is enough.", quoted(org, roles))
            }
            Self::ContainedRole { roles } => {
                format!(
                    "All of it, and more, is also permitted by {}. Perhaps nobody needs this one.",
                    quoted(org, roles)
                )
            }
            Self::ReachesNothing { reason } => reason.sentence().to_owned(),
            Self::ScopeUnused { limited } if limited.is_empty() => {
                "None of its permissions holds for single accounts, so choosing accounts has no effect.".to_owned()
            }
            Self::ScopeUnused { limited } => format!(
                "None of its permissions holds for single accounts; the chosen ones only limit {}.",
                joined(limited.iter())
            ),
        }
    }

    /// The permissions that would settle it, where adding some does.
    pub fn remedy(&self) -> Option<PermissionSet> {
        match self {
            Self::ApprovesUnseen { payments } => Some(payments.iter().map(|payment| payment.see).collect()),
            Self::WritesUnread { missing } | Self::NoBasicAccess { missing } => Some(*missing),
            Self::CreatesAndApproves { .. }
            | Self::SensitiveAdmin { .. }
            | Self::EqualRole { .. }
            | Self::ContainedRole { .. }
            | Self::ReachesNothing { .. }
            | Self::ScopeUnused { .. } => None,
        }
    }

    /// The same setup with the remedy and nothing else added: by further ticks in Simple setup where they give exactly
    /// that, otherwise in Advanced setup.
    pub fn remedied(&self, grants: &Grants) -> Option<Grants> {
        let target = grants.permissions().union(self.remedy()?);
        Some(match grants {
            Grants::Everything => Grants::Everything,
            Grants::Simple(ticked) => with_ticks(*ticked, target).map_or(Grants::Advanced(target), Grants::Simple),
            Grants::Advanced(_) => Grants::Advanced(target),
        })
    }
}

/// The ticks and as few more as give exactly `target`, where that is possible.
fn with_ticks(ticked: GroupSet, target: PermissionSet) -> Option<GroupSet> {
    let fitting = |group: &Group| group.permissions().is_subset(target);
    let all: GroupSet = ticked.iter().chain(Group::ALL.into_iter().filter(fitting)).collect();
    let added: Vec<Group> = all.iter().filter(|group| !ticked.contains(*group)).collect();
    let fewest = added.into_iter().fold(all, |ticks, group| {
        let fewer = ticks.without(group);
        if fewer.permissions() == target { fewer } else { ticks }
    });
    (fewest.permissions() == target).then_some(fewest)
}

impl Unreached {
    const fn sentence(self) -> &'static str {
        match self {
            Self::NothingChosen => {
                "It has permissions for single accounts, but no account or entity is chosen, so they permit nothing. \
                 Choose some, or All future entities."
            }
            Self::AllIgnored => {
                "It has permissions for single accounts, but every chosen account is ignored, so they permit nothing \
                 until one of them is provisioned again."
            }
            Self::NoneYet => {
                "It has permissions for single accounts, but the chosen entities have none in use: they permit nothing \
                 until an account is provisioned there."
            }
        }
    }
}

fn names(payments: &[&Payment]) -> String {
    joined(payments.iter().map(|payment| &payment.name))
}

fn quoted(org: &Org, roles: &[RoleId]) -> Few {
    roles.iter().filter_map(|id| org.role(*id)).map(|role| format!("“{}”", role.name)).collect()
}
