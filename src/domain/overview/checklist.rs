//! The checklist: what an organization should have before it is used for real money, after the best practice of the
//! documentation's pages on setting up an organization and on inviting users.
use super::tally::Tally;
use crate::domain::duties::payments;
use crate::domain::findings::{Extent, Finding, Severity, findings_of_all};
use crate::domain::id::{RoleId, UserId};
use crate::domain::name::RoleName;
use crate::domain::org::Org;
use crate::domain::organization::Organization;
use crate::domain::permission::PermissionSet;
use crate::domain::refusal::Few;
use crate::domain::role::Role;
use crate::domain::security::{Area, Security};
use crate::domain::text::Shown;
use crate::domain::user::CredentialKind;

/// So many people have to be able to approve: with two, each can only wait for the other.
pub(super) const ENOUGH: usize = 3;

/// One line of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Check {
    /// Owners work in another role from day to day.
    EverydayRole,
    /// Roles allow what a job needs.
    LeastPrivilege,
    /// The organization knows its own mail domains.
    MailDomains,
    /// More than two people can approve.
    Approvers,
    /// A second person decides about what matters.
    FourEyes,
    /// The recovery code is there, and whatever was done with it was noted.
    RecoveryCode,
    /// Signed checkpoints are kept elsewhere.
    Checkpoints,
}

impl Check {
    /// Every line, in the order in which a new organization goes through them.
    pub const ALL: [Self; 7] = [
        Self::EverydayRole,
        Self::LeastPrivilege,
        Self::MailDomains,
        Self::Approvers,
        Self::FourEyes,
        Self::RecoveryCode,
        Self::Checkpoints,
    ];

    /// A few words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::EverydayRole => "Everyday role beside Owner",
            Self::LeastPrivilege => "Roles with least privilege",
            Self::MailDomains => "Own mail domains",
            Self::Approvers => "More than two can approve",
            Self::FourEyes => "Four-eyes approvals",
            Self::RecoveryCode => "Recovery code",
            Self::Checkpoints => "Checkpoints kept elsewhere",
        }
    }
}

/// How a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is as it should be.
    Done,
    /// Something is to be done.
    Open,
}

/// Where something can be done about a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A new role.
    NewRole,
    /// The roles.
    Roles,
    /// One role.
    Role(RoleName),
    /// The users.
    Users,
    /// One user.
    User(UserId),
    /// The organization's name and mail domains.
    Domains,
    /// Who could approve what.
    Cover,
    /// The switches of four-eyes.
    Security,
    /// A new recovery code.
    RecoveryCode,
    /// Taking note of a use of the recovery code.
    TakeNote,
    /// Where the organization is kept.
    Storage,
}

/// A line as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Which.
    pub check: Check,
    /// Whether it is done.
    pub standing: Standing,
    /// Why, in a sentence.
    pub why: String,
    /// Where to go.
    pub goal: Goal,
}

/// What is known of signed checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// They do not belong here: a sample is not signed, and of another day it is not known.
    Unasked,
    /// No folder was named.
    Nowhere,
    /// There is a folder, and nothing in it yet.
    NoneYet,
    /// What stands in the way of the next one.
    Trouble(String),
    /// There is one, up to this entry.
    UpTo(u64),
}

/// What the checklist is made from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The counts of this organization.
    pub tally: &'a Tally,
    /// The people who could approve the kind of request that the fewest could.
    pub approvers: &'a [UserId],
    /// The checkpoints.
    pub kept: &'a Kept,
}

/// Every line that can be said something about, in order. An organization that is not founded has none.
pub fn checklist(org: &Org, known: Known<'_>) -> Vec<Item> {
    let Some(row) = org.organization() else { return Vec::new() };
    let item = |check| {
        let (standing, why, goal) = match check {
            Check::EverydayRole => everyday_role(org, known.tally),
            Check::LeastPrivilege => least_privilege(org),
            Check::MailDomains => mail_domains(row),
            Check::Approvers => approvers(org, known.approvers),
            Check::FourEyes => four_eyes(&row.security),
            Check::RecoveryCode => recovery_code(org, row),
            Check::Checkpoints => checkpoints(known.kept)?,
        };
        Some(Item { check, standing, why, goal })
    };
    Check::ALL.into_iter().filter_map(item).collect()
}

type Judged = (Standing, String, Goal);

fn others(org: &Org) -> impl Iterator<Item = &Role> {
    org.active_roles().filter(|role| !role.is_owner())
}

fn everyday_role(org: &Org, tally: &Tally) -> Judged {
    let bare = || tally.bare_owners.iter();
    if others(org).next().is_none() {
        let why = "Owner is the only role. Create one for everyday work, and give it to yourself too.";
        return (Standing::Open, why.into(), Goal::NewRole);
    }
    let goal = match (bare().next(), bare().count()) {
        (Some(only), 1) => Goal::User(*only),
        _ => Goal::Users,
    };
    if bare().next().is_none() {
        return (Standing::Done, "Every Owner has another role for everyday work.".into(), goal);
    }
    let names: Few = bare().map(|id| person(org, *id)).collect();
    let why = match names.total() {
        1 => format!("{names} has no role but Owner: give them one for everyday work."),
        _ => format!("{names} have no role but Owner: give each one for everyday work."),
    };
    (Standing::Open, why, goal)
}

fn least_privilege(org: &Org) -> Judged {
    if others(org).next().is_none() {
        let why = "Owner may do everything. Create roles that allow what a job needs, and nothing else.";
        return (Standing::Open, why.into(), Goal::NewRole);
    }
    let found = findings_of_all(org);
    let too_much = |id: &RoleId, findings: &[Finding]| {
        let role = org.role(*id)?;
        findings.iter().any(|finding| is_too_much(finding, role.permissions())).then_some(role)
    };
    let mut roles: Vec<_> = found.iter().filter_map(|(id, findings)| too_much(id, findings)).collect();
    roles.sort_by_cached_key(|role| role.name.key());
    let goal = match roles.as_slice() {
        [only] => Goal::Role(only.name.clone()),
        _ => Goal::Roles,
    };
    if roles.is_empty() {
        return (Standing::Done, "No role puts into one hand what belongs into two.".into(), goal);
    }
    let names: Few = roles.iter().map(|role| format!("“{}”", role.name)).collect();
    let why = format!("Too much for one person: {names}. The role's findings say what to part.");
    (Standing::Open, why, goal)
}

/// A serious finding. Somebody has to administer the organization, so that this alone is none here; together with
/// payments it is.
fn is_too_much(finding: &Finding, permissions: PermissionSet) -> bool {
    let pays = || payments().iter().any(|kind| permissions.contains(kind.create) || permissions.contains(kind.approve));
    match finding {
        Finding::SensitiveAdmin { extent: Extent::Whole, .. } => pays(),
        other => other.severity() == Severity::Serious,
    }
}

fn mail_domains(row: &Organization) -> Judged {
    let domains: Few = row.domains.iter().map(|domain| Shown::new(domain.as_str()).to_string()).collect();
    if domains.is_empty() {
        let why = "None is named yet. With them, an invitation to another domain is pointed out.";
        return (Standing::Open, why.into(), Goal::Domains);
    }
    (Standing::Done, format!("An address outside of {domains} is pointed out."), Goal::Domains)
}

fn approvers(org: &Org, people: &[UserId]) -> Judged {
    let names: Few = people.iter().map(|id| person(org, *id)).collect();
    let (standing, why) = match people.len() {
        0 => (Standing::Open, "For some requests there is nobody who could approve.".into()),
        1 => (Standing::Open, format!("{names} alone could approve, and nobody approves what they asked for.")),
        few if few < ENOUGH => {
            (Standing::Open, format!("Only {names} could approve: while one is away, the other waits."))
        }
        _ => (Standing::Done, "For every kind of request there are at least three.".into()),
    };
    (standing, why, Goal::Cover)
}

fn four_eyes(security: &Security) -> Judged {
    let protecting = || Area::ALL.into_iter().filter(|area| area.protects());
    let off: Few = protecting().filter(|area| !security.four_eyes.areas.contains(area)).map(Area::name).collect();
    if off.is_empty() {
        return (
            Standing::Done,
            "A second person decides about everything that can be guarded.".into(),
            Goal::Security,
        );
    }
    let why = format!("Off for {off}: there, one person alone can change what matters.");
    (Standing::Open, why, Goal::Security)
}

fn recovery_code(org: &Org, row: &Organization) -> Judged {
    if let Some(emergency) = row.security.emergencies.first() {
        let when = emergency.at.strftime("%-d %B %Y");
        let why = format!("It was used on {when}, and no Owner has taken note of that.");
        return (Standing::Open, why, Goal::TakeNote);
    }
    if row.security.code_due.is_some() {
        let why = "A new one was decided and is not drawn yet.";
        return (Standing::Open, why.into(), Goal::RecoveryCode);
    }
    match org.credential(CredentialKind::RecoveryCode, row.id.uuid()) {
        Some(code) => {
            let since = code.since.strftime("%-d %B %Y");
            (Standing::Done, format!("Drawn on {since}. Does somebody else know where it lies?"), Goal::RecoveryCode)
        }
        None => (Standing::Open, "There is none. Draw it, and lock it away.".into(), Goal::RecoveryCode),
    }
}

fn checkpoints(kept: &Kept) -> Option<Judged> {
    let (standing, why) = match kept {
        Kept::Unasked => return None,
        Kept::Nowhere => {
            let why = "Name a folder that others look after: checkpoint_folder in the settings file.";
            (Standing::Open, why.into())
        }
        Kept::NoneYet => (Standing::Open, "The folder is empty: the first one is signed when this day is over.".into()),
        Kept::Trouble(trouble) => (Standing::Open, Shown::new(trouble).to_string()),
        Kept::UpTo(entry) => (Standing::Done, format!("Signed up to entry {entry}.")),
    };
    Some((standing, why, Goal::Storage))
}

fn person(org: &Org, id: UserId) -> String {
    org.user(id).map_or_else(|| "somebody who is gone".into(), |user| user.name.to_string())
}
