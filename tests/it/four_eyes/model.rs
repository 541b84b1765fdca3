//! What becomes of every step when two people have to agree, worked out a second time from decisions 1, 10, 11 and 12
//! of the crate docs.
use std::collections::BTreeSet;

use jiff::Timestamp;
use rolodeck::domain::{id::UserId, org::Org, security::Area};
use rolodeck::{command::Command, domain::access::Person};

use super::filed::{Filed, Reasons, Requests, Verdict, when};
use super::given::{DECIDES, MANAGING, about, acts, applied, areas, asks, decision, invites, may, people, rule, same};
use super::shown::shown;

/// Whose ordinary requests for what could be approved by nobody, where four-eyes is on.
pub fn stranded(org: &Org) -> BTreeSet<(UserId, &'static str)> {
    let managing = MANAGING.iter().filter(|_| areas(org).contains(&Area::UserManagement));
    let (people, mut stranded) = (people(org), BTreeSet::new());
    for what in managing.chain(Some(&DECIDES).filter(|_| org.security().four_eyes.begun)) {
        let asking: Vec<_> = people.iter().filter(|who| may(org, **who, what)).collect();
        let able: Vec<_> = asking.iter().filter(|who| may(org, ***who, DECIDES)).collect();
        let alone = asking.iter().filter(|who| able.iter().all(|other| same(org, other.user, who.user)));
        stranded.extend(alone.map(|who| (who.user, *what)));
    }
    stranded
}

/// Whether somebody begins to be stranded: who could ask before, or where nobody was. Who comes back to a company that
/// is stranded already does not make it worse.
pub fn strands(before: &Org, after: &Org) -> bool {
    let old = stranded(before);
    let new = |what| old.iter().all(|(_, other)| *other != what);
    stranded(after).difference(&old).any(|(user, what)| asks(before, *user, what) || new(*what))
}

/// What stands against `who` as the second person, whatever the command does.
fn second(org: &Org, by: Person, who: Person, command: &Command) -> Reasons {
    let (own, same) = (by.user == who.user, |user| same(org, user, who.user));
    let (decides, named) = (may(org, who, DECIDES), about(command).2.into_iter().any(same));
    let no = [(own, "own_request"), (!own && same(by.user), "same_person"), (named, "about_you")];
    when(no).into_iter().chain(when([(!decides, "not_approver")])).collect()
}

/// What stands against `who` approving what would lead to `after`.
fn against(org: &Org, by: Person, who: Person, command: &Command, after: &Org) -> Reasons {
    let lacks = when([(!may(org, who, about(command).1), "approver_lacks")]);
    let lacks = lacks.into_iter().chain(when([(invites(org, command, who.user), "about_you")]));
    second(org, by, who, command).into_iter().chain(lacks).chain(rule(org, after, who)).collect()
}

/// Those who could approve what would lead to `after`.
pub fn approvers(org: &Org, by: Person, command: &Command, after: &Org) -> Vec<Person> {
    people(org).into_iter().filter(|who| against(org, by, *who, command, after).is_empty()).collect()
}

/// What a command would do, or what stands against it without any second person.
fn ordinary(org: &Org, by: Person, command: &Command) -> Result<Org, Reasons> {
    let no = when([(!may(org, by, about(command).1), "not_allowed")]);
    let after = applied(org, command).map_err(|code| no.iter().copied().chain([code]).collect::<Reasons>())?;
    let stuck = !matches!(command, Command::DeactivateUser(_)) && strands(org, &after);
    let no: Reasons = no.into_iter().chain(rule(org, &after, by)).chain(when([(stuck, "deadlock")])).collect();
    if no.is_empty() { Ok(after) } else { Err(no) }
}

/// What an open request would do now, or what stands against it whoever approves.
pub fn open(org: &Org, filed: &Filed, now: Timestamp) -> Result<Org, Reasons> {
    let tried = ordinary(org, filed.by, &filed.command);
    let stale = tried.as_ref().map_or(true, |after| shown(org, after) != filed.shown);
    let (late, left, closed) = (filed.is_late(now), !acts(org, filed.by), filed.state != "pending");
    let lost = !may(org, filed.by, about(&filed.command).1);
    let no = when([(stale, "request_stale"), (left, "requester_left"), (lost, "requester_lost_right")]);
    let no: Reasons = no.into_iter().chain(when([(late, "request_expired"), (closed, "request_closed")])).collect();
    if no.is_empty() { tried } else { Err(no) }
}

/// Whether a command decides about four-eyes, or about what switches it off.
fn settings(command: &Command) -> bool {
    matches!(command, Command::ChangeFourEyes(_) | Command::RenewRecoveryCode(_))
}

/// What must come of a command of `who`, who proved a moment ago who they are, or did not.
pub fn verdict(all: &Requests, org: &Org, (who, fresh): (Person, bool), now: Timestamp, command: &Command) -> Verdict {
    let mut no = when([(!acts(org, who), "not_allowed")]);
    let (begun, on) = (org.security().four_eyes.begun, |area| areas(org).contains(&area));
    let (mut files, mut tried) = (None, Ok(org.clone()));
    if let Some((id, by)) = decision(command, who) {
        let filed = &all[&id];
        let (late, others) = (filed.is_late(now), filed.by.user != who.user);
        no.extend(when([(filed.state != "pending", "request_closed"), (by != who, "wrong_actor")]));
        match command {
            Command::ApproveRequest(approve) => {
                no.extend(when([(!fresh, "proof_too_old"), (approve.shown != filed.digest, "effect_moved")]));
                tried = open(org, filed, now);
                no.extend(tried.iter().flat_map(|after| against(org, filed.by, who, &filed.command, after)));
            }
            Command::RejectRequest(_) => {
                no.extend(second(org, filed.by, who, &filed.command));
                no.extend(when([(late, "request_expired"), (!may(org, who, DECIDES), "not_allowed")]));
            }
            Command::FileAgain(_) => {
                let same = filed.by == who && open(org, filed, now).is_ok();
                no.extend(when([(same, "nothing_changes"), (others, "not_requester")]));
                files = Some((filed.command.clone().at(now), Some(id)));
            }
            _ => no.extend(when([(others, "not_requester")])),
        }
    } else if about(command).0.is_some_and(on) || (begun && settings(command)) {
        files = Some((command.clone(), None));
    } else {
        tried = ordinary(org, who, command);
    }
    if let Some((command, id)) = files {
        tried = ordinary(org, who, &command);
        if let Ok(after) = &tried {
            let shown = shown(org, after);
            let open = |filed: &Filed| filed.state == "pending" && !filed.is_late(now) && filed.by.user == who.user;
            let waits = |(other, filed): (_, &Filed)| Some(other) != id.as_ref() && open(filed) && filed.shown == shown;
            let nobody = approvers(org, who, &command, after).is_empty();
            no.extend(when([(all.iter().any(waits), "already_requested"), (nobody, "nobody_approves")]));
            if no.is_empty() {
                return Verdict::Requested(shown);
            }
        }
    }
    match tried {
        Ok(after) if no.is_empty() => Verdict::Done(after),
        tried => Verdict::Refused(no.into_iter().chain(tried.err().into_iter().flatten()).collect()),
    }
}
