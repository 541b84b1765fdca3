//! What becomes of every step when two people have to agree, worked out a second time from decisions 1, 10, 11 and 12
//! of the crate docs.
use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use rolodeck::command::Command;
use rolodeck::domain::access::Person;
use rolodeck::domain::id::{ChangeRequestId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::user::Digest;

use super::given::{applied, rule};
use super::shown::{Shown, shown};
use crate::properties::rules::may_act;

/// Everything that stands against a step, by its code; which of it is told first is not decided anywhere.
pub type Reasons = BTreeSet<&'static str>;

/// A change request as it was filed; `digest` is the program's name for what was shown.
#[derive(Clone)]
pub struct Filed {
    pub by: Person,
    pub command: Command,
    pub at: Timestamp,
    pub state: &'static str,
    pub shown: Shown,
    pub digest: Digest,
}

/// What must come of a step: it is done at once, it waits, or it is refused.
pub enum Verdict {
    Done(Org),
    Requested(Shown),
    Refused(Reasons),
}

/// Every request that was ever filed.
pub type Requests = BTreeMap<ChangeRequestId, Filed>;

type Area = Option<&'static str>;
const PEOPLE: Area = Some("user_management");
const ORGANIZATION: Area = Some("organization");
const DECIDES: &str = "organizations:update";

/// The area of a command, what it needs, and whom it names.
fn about(command: &Command) -> (Area, &'static str, Vec<UserId>) {
    match command {
        Command::CreateRole(_) => (PEOPLE, "roles:create", vec![]),
        Command::EditRole(_) | Command::RenameRole(_) => (PEOPLE, "roles:update", vec![]),
        Command::DeleteRole(_) => (PEOPLE, "roles:delete", vec![]),
        Command::InviteUsers(_) => (PEOPLE, "invitations:create", vec![]),
        Command::ResendInvitations(_) => (PEOPLE, "invitations:update", vec![]),
        Command::RevokeInvitations(_) => (PEOPLE, "invitations:delete", vec![]),
        Command::AssignRoles(command) => (PEOPLE, "memberships:update", vec![command.user]),
        Command::TakeAwayRoles(command) => (PEOPLE, "memberships:update", vec![command.user]),
        Command::ReactivateUser(command) => (PEOPLE, "memberships:update", vec![command.user]),
        Command::TellApart(command) => (PEOPLE, "memberships:update", vec![command.one, command.other]),
        Command::RemoveUser(command) => (PEOPLE, "memberships:delete", vec![command.user]),
        Command::DeactivateUser(command) => (None, "memberships:update", vec![command.user]),
        _ => (ORGANIZATION, DECIDES, vec![]),
    }
}

/// Whether a second person decides; about four-eyes itself always, once it was on.
fn waits(org: &Org, command: &Command) -> bool {
    let four_eyes = &org.security().four_eyes;
    let on = about(command).0.is_some_and(|area| four_eyes.areas.iter().any(|on| on.key() == area));
    if matches!(command, Command::ChangeFourEyes(_)) { four_eyes.begun } else { on }
}

/// One mailbox is one person, unless two were told apart.
pub fn same(org: &Org, one: UserId, other: UserId) -> bool {
    let mailbox = |id: UserId| {
        let address = org.user(id).unwrap().address.as_str().to_lowercase();
        let (local, domain) =
            address.rsplit_once('@').map(|(local, domain)| (local.to_owned(), domain.to_owned())).unwrap();
        (local.split('+').next().unwrap().to_owned(), domain)
    };
    one == other || (mailbox(one) == mailbox(other) && !org.user(one).unwrap().apart.contains(&other))
}

pub fn may(org: &Org, who: Person, what: &str) -> bool {
    may_act(org, who.user, who.role) && org.role(who.role).unwrap().permissions().contains(what.parse().unwrap())
}

/// Everybody who can act, in each of their roles.
pub fn people(org: &Org) -> Vec<Person> {
    let users = org.users().values();
    let all = users.flat_map(|user| user.roles.iter().map(|role| Person { user: user.id, role }));
    all.filter(|person| may_act(org, person.user, person.role)).collect()
}

/// Whose ordinary requests for what could be approved by nobody, where four-eyes is on.
pub fn stranded(org: &Org) -> BTreeSet<(UserId, &'static str)> {
    let (people, four_eyes) = (people(org), &org.security().four_eyes);
    let on =
        |key| four_eyes.areas.iter().any(|area| area.key() == key) || (Some(key) == ORGANIZATION && four_eyes.begun);
    let kinds = ["roles:create", "roles:update", "roles:delete", "invitations:create", "invitations:update"];
    let kinds = kinds.into_iter().chain(["invitations:delete", "memberships:update", "memberships:delete"]);
    let kinds = kinds.map(|what| ("user_management", what)).chain([("organization", DECIDES)]);
    let mut stranded = BTreeSet::new();
    for (_, what) in kinds.filter(|(area, _)| on(area)) {
        let asking: Vec<_> = people.iter().filter(|who| may(org, **who, what)).collect();
        let able: Vec<_> = asking.iter().filter(|who| may(org, ***who, DECIDES)).collect();
        let alone = asking.iter().filter(|who| able.iter().all(|other| same(org, other.user, who.user)));
        stranded.extend(alone.map(|who| (who.user, what)));
    }
    stranded
}

/// What stands against `who` as the second person, before the command itself is looked at.
fn second(org: &Org, by: Person, who: Person, command: &Command) -> Reasons {
    let own = by.user == who.user;
    reasons([
        (!may_act(org, who.user, who.role), "not_allowed"),
        (!may(org, who, DECIDES), "not_approver"),
        (own, "own_request"),
        (!own && same(org, by.user, who.user), "same_person"),
        (about(command).2.iter().any(|subject| same(org, *subject, who.user)), "about_you"),
    ])
}

fn reasons<const N: usize>(all: [(bool, &'static str); N]) -> Reasons {
    all.into_iter().filter(|(holds, _)| *holds).map(|(_, code)| code).collect()
}

/// What stands against `who` approving what would lead to `after`.
fn against(org: &Org, by: Person, who: Person, command: &Command, after: &Org) -> Reasons {
    let mut no = second(org, by, who, command);
    no.extend(reasons([(!may(org, who, about(command).1), "approver_lacks")]));
    no.extend(rule(org, after, who));
    no
}

/// Those who could approve it.
pub fn approvers(org: &Org, by: Person, command: &Command, after: &Org) -> Vec<Person> {
    people(org).into_iter().filter(|who| against(org, by, *who, command, after).is_empty()).collect()
}

/// What a command would do, or all that stands against it without a second person.
pub fn ordinary(org: &Org, by: Person, command: &Command) -> Result<Org, Reasons> {
    let mut no = reasons([(!may(org, by, about(command).1), "not_allowed")]);
    let after = applied(org, command).map_err(|code| no.iter().copied().chain([code]).collect::<Reasons>())?;
    no.extend(rule(org, &after, by));
    let stuck = !matches!(command, Command::DeactivateUser(_)) && !stranded(&after).is_subset(&stranded(org));
    no.extend(reasons([(stuck, "deadlock")]));
    if no.is_empty() { Ok(after) } else { Err(no) }
}

/// What an open request would do now, or what stands against anybody's approval.
pub fn open(org: &Org, filed: &Filed, now: Timestamp) -> Result<Org, Reasons> {
    if filed.state != "pending" {
        return Err(["request_closed"].into());
    }
    let tried = ordinary(org, filed.by, &filed.command);
    let stale = tried.as_ref().map_or(true, |after| shown(org, after) != filed.shown);
    let no = reasons([
        (now >= filed.at + VALID, "request_expired"),
        (!may_act(org, filed.by.user, filed.by.role), "requester_left"),
        (!may(org, filed.by, about(&filed.command).1), "requester_lost_right"),
        (stale, "request_stale"),
    ]);
    if no.is_empty() { tried } else { Err(no) }
}

/// What must come of a command of `who`, who proved a moment ago who they are, or not.
pub fn verdict(
    known: &Requests,
    org: &Org,
    (who, fresh): (Person, bool),
    now: Timestamp,
    command: &Command,
) -> Verdict {
    let mut no = reasons([(!may_act(org, who.user, who.role), "not_allowed")]);
    let (mut done, mut files) = (org.clone(), None);
    match command {
        Command::ApproveRequest(approve) => {
            let filed = &known[&approve.request];
            let moved = approve.shown != filed.digest;
            no.extend(reasons([
                (!fresh, "proof_too_old"),
                (approve.by != who, "wrong_actor"),
                (moved, "effect_moved"),
            ]));
            match open(org, filed, now) {
                Ok(after) => {
                    no.extend(against(org, filed.by, who, &filed.command, &after));
                    done = after;
                }
                Err(more) => no.extend(more),
            }
        }
        Command::RejectRequest(reject) => {
            let filed = &known[&reject.request];
            let late = now >= filed.at + VALID;
            no.extend(second(org, filed.by, who, &filed.command));
            no.extend(reasons([(!may(org, who, DECIDES), "not_allowed"), (late, "request_expired")]));
            no.extend(reasons([(filed.state != "pending", "request_closed"), (reject.by != who, "wrong_actor")]));
        }
        Command::WithdrawRequest(withdraw) => {
            let filed = &known[&withdraw.request];
            no.extend(reasons([
                (filed.by.user != who.user, "not_requester"),
                (withdraw.by != who.user, "wrong_actor"),
            ]));
            no.extend(reasons([(filed.state != "pending", "request_closed")]));
        }
        Command::FileAgain(again) => {
            let filed = &known[&again.request];
            no.extend(reasons([(filed.by.user != who.user, "not_requester"), (again.by != who, "wrong_actor")]));
            no.extend(reasons([(filed.state != "pending", "request_closed")]));
            no.extend(reasons([(filed.by == who && open(org, filed, now).is_ok(), "nothing_changes")]));
            files = Some((filed.command.clone().at(now), Some(again.request)));
        }
        command => match waits(org, command) {
            true => files = Some((command.clone(), None)),
            false => match ordinary(org, who, command) {
                Ok(after) => done = after,
                Err(more) => no.extend(more),
            },
        },
    }
    if let Some((command, id)) = files {
        match ordinary(org, who, &command) {
            Ok(after) => {
                let shown = shown(org, &after);
                let waits = |(other, filed): (&ChangeRequestId, &Filed)| {
                    Some(*other) != id
                        && filed.by.user == who.user
                        && filed.state == "pending"
                        && now < filed.at + VALID
                        && filed.shown == shown
                };
                no.extend(reasons([
                    (known.iter().any(waits), "already_requested"),
                    (approvers(org, who, &command, &after).is_empty(), "nobody_approves"),
                ]));
                if no.is_empty() {
                    return Verdict::Requested(shown);
                }
            }
            Err(more) => no.extend(more),
        }
    }
    if no.is_empty() { Verdict::Done(done) } else { Verdict::Refused(no) }
}

const VALID: SignedDuration = SignedDuration::from_hours(72);
