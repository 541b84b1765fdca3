//! What the model takes as given: what a command is and does, and what roles and users allow without four-eyes.
use std::collections::BTreeSet;

use rolodeck::command::{Command, Invitee, check_rules};
use rolodeck::domain::access::Person;
use rolodeck::domain::id::{ChangeRequestId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Organization;
use rolodeck::domain::row::{Difference, Row};
use rolodeck::domain::security::{Area, Security};

use crate::properties::rules::may_act;

/// What deciding takes.
pub const DECIDES: &str = "organizations:update";

/// What managing users takes, one permission for each kind of command.
pub const MANAGING: [&str; 8] = [
    "roles:create",
    "roles:update",
    "roles:delete",
    "invitations:create",
    "invitations:update",
    "invitations:delete",
    "memberships:update",
    "memberships:delete",
];

/// The area of a command, what it needs, and whom it names (decisions 11 and 16).
pub fn about(command: &Command) -> (Option<Area>, &'static str, Vec<UserId>) {
    let managing = |what, whom: &[UserId]| (Some(Area::UserManagement), what, whom.to_vec());
    match command {
        Command::CreateRole(_) => managing("roles:create", &[]),
        Command::EditRole(_) | Command::RenameRole(_) => managing("roles:update", &[]),
        Command::DeleteRole(_) => managing("roles:delete", &[]),
        Command::InviteUsers(_) => managing("invitations:create", &[]),
        Command::ResendInvitations(_) => managing("invitations:update", &[]),
        Command::RevokeInvitations(_) => managing("invitations:delete", &[]),
        Command::AssignRoles(command) => managing("memberships:update", &[command.user]),
        Command::TakeAwayRoles(command) => managing("memberships:update", &[command.user]),
        Command::ReactivateUser(command) => managing("memberships:update", &[command.user]),
        Command::TellApart(command) => managing("memberships:update", &[command.one, command.other]),
        Command::RemoveUser(command) => managing("memberships:delete", &[command.user]),
        Command::DeactivateUser(command) => (None, "memberships:update", vec![command.user]),
        Command::EditOrganization(_) | Command::ChangeFourEyes(_) | Command::RenewRecoveryCode(_) => {
            (Some(Area::Organization), DECIDES, Vec::new())
        }
        other => panic!("the model knows nothing about {other:?}"),
    }
}

/// The request that a decision is about, and in whose name it is.
pub fn decision(command: &Command, session: Person) -> Option<(ChangeRequestId, Person)> {
    match command {
        Command::ApproveRequest(approve) => Some((approve.request, approve.by)),
        Command::RejectRequest(reject) => Some((reject.request, reject.by)),
        Command::WithdrawRequest(withdraw) => Some((withdraw.request, Person { user: withdraw.by, ..session })),
        Command::FileAgain(again) => Some((again.request, again.by)),
        _ => None,
    }
}

/// Whether somebody can act in this role at all.
pub fn acts(org: &Org, who: Person) -> bool {
    may_act(org, who.user, who.role)
}

/// Whether the role gives the permission, which is always one on the organization as a whole.
pub fn may(org: &Org, who: Person, what: &str) -> bool {
    acts(org, who) && org.role(who.role).unwrap().permissions().contains(what.parse().unwrap())
}

/// Whether somebody could ask for what needs the permission, in any role.
pub fn asks(org: &Org, user: UserId, what: &str) -> bool {
    people(org).iter().any(|who| who.user == user && may(org, *who, what))
}

/// Everybody who can act, in each of their roles.
pub fn people(org: &Org) -> Vec<Person> {
    let users = org.users().values();
    let all = users.flat_map(|user| user.roles.iter().map(|role| Person { user: user.id, role }));
    all.filter(|person| acts(org, *person)).collect()
}

/// Where an address leads: its name without a tag, and its domain.
pub fn mailbox(org: &Org, user: UserId) -> (String, String) {
    mailbox_of(org.user(user).unwrap().address.as_str())
}

/// Whether a command invites the mailbox of a user.
pub fn invites(org: &Org, command: &Command, user: UserId) -> bool {
    let own = |one: &Invitee| mailbox_of(one.address.as_str()) == mailbox(org, user);
    matches!(command, Command::InviteUsers(invite) if invite.people.iter().any(own))
}

fn mailbox_of(address: &str) -> (String, String) {
    let address = address.to_lowercase();
    let (name, domain) = address.rsplit_once('@').unwrap();
    (name.split('+').next().unwrap().to_owned(), domain.to_owned())
}

/// One mailbox is one person, unless two were told apart.
pub fn same(org: &Org, one: UserId, other: UserId) -> bool {
    one == other || (mailbox(org, one) == mailbox(org, other) && !org.user(one).unwrap().apart.contains(&other))
}

/// Where four-eyes is on.
pub fn areas(org: &Org) -> BTreeSet<Area> {
    org.security().four_eyes.areas.clone()
}

/// The organization after a command, whoever asks for it.
pub fn applied(org: &Org, command: &Command) -> Result<Org, &'static str> {
    let mut after = org.clone();
    command.change().apply(&mut after).map_err(|refusal| refusal.code())?;
    Ok(after)
}

/// The rule of roles and users that stands against a change by this person, as if four-eyes were off before and after.
/// With four-eyes on, whoever approves is the third person that tells two people apart.
pub fn rule(before: &Org, after: &Org, who: Person) -> Option<&'static str> {
    let third = areas(before).contains(&Area::UserManagement);
    let (before, after) = (without(before), without(after));
    let refused = check_rules(&before, &after, &Difference::between(&before, &after), Some(who));
    refused.err().map(|refusal| refusal.code()).filter(|code| !(third && *code == "about_you"))
}

fn without(org: &Org) -> Org {
    let mut without = org.clone();
    let row = org.organization().unwrap().clone();
    without.put(Row::Organization(Organization { security: Security::default(), ..row }));
    without
}
