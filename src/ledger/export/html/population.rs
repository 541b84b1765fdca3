//! How many there were of everything, at both ends.
use std::collections::BTreeSet;
use std::io;

use super::paper::Paper;
use super::report::Report;
use crate::domain::census::RoleUses;
use crate::domain::id::RoleId;
use crate::domain::org::Org;
use crate::domain::organization::AccountState;
use crate::domain::role::Role;
use crate::domain::user::UserStatus;

/// What is counted.
const COUNTED: [&str; 10] = [
    "Users who may sign in",
    "Users who were deactivated",
    "Users who were removed",
    "Open invitations",
    "Roles",
    "Roles that were deleted",
    "Entities",
    "Accounts in use",
    "Accounts that are ignored",
    "Requests that wait for a second person",
];

pub(super) fn write(paper: &mut Paper<'_>, report: &Report<'_>) -> io::Result<()> {
    paper.raw("<section>\n<h2>Population</h2>\n")?;
    paper.table_of_numbers(&["", "At the beginning", "At the end", "Difference"])?;
    for ((name, before), after) in COUNTED.iter().zip(counts(report.before)).zip(counts(report.after)) {
        line(paper, name, before, after)?;
    }
    paper.table_end()?;
    paper.raw("<h3>Holders of each role</h3>\n<p>Users who may sign in and have the role.</p>\n")?;
    paper.table_of_numbers(&["Role", "At the beginning", "At the end", "Difference"])?;
    let (before, after) = (RoleUses::of(report.before), RoleUses::of(report.after));
    for (role, name) in roles(report.before, report.after) {
        line(paper, &name, before.of_role(role).active, after.of_role(role).active)?;
    }
    paper.table_end()?;
    paper.raw("</section>\n")
}

fn counts(org: &Org) -> [usize; COUNTED.len()] {
    let users = |status| org.users().values().filter(|user| user.status == status).count();
    let accounts = |state| org.accounts().values().filter(|account| account.state == state).count();
    let active = org.active_roles().count();
    [
        users(UserStatus::Active),
        users(UserStatus::Deactivated),
        users(UserStatus::Removed),
        org.invitations().len(),
        active,
        org.roles().len() - active,
        org.entities().len(),
        accounts(AccountState::Provisioned),
        accounts(AccountState::Ignored),
        org.open_requests().count(),
    ]
}

/// The roles that are active at one end or the other, by name: Owner first.
fn roles(before: &Org, after: &Org) -> Vec<(RoleId, String)> {
    let active: BTreeSet<_> = before.active_roles().chain(after.active_roles()).map(|role| role.id).collect();
    let mut roles: Vec<&Role> =
        active.into_iter().filter_map(|id| after.role(id).or_else(|| before.role(id))).collect();
    roles.sort_by_cached_key(|role| (!role.is_owner(), role.name.key()));
    roles.into_iter().map(|role| (role.id, role.name.to_string())).collect()
}

fn line(paper: &mut Paper<'_>, name: &str, before: usize, after: usize) -> io::Result<()> {
    paper.raw("<tr>")?;
    paper.line_head(name)?;
    paper.number(before)?;
    paper.number(after)?;
    let difference = match after.checked_sub(before) {
        Some(0) => String::new(),
        Some(more) => format!("+{more}"),
        None => format!("\u{2212}{}", before - after),
    };
    paper.number(difference)?;
    paper.raw("</tr>\n")
}
