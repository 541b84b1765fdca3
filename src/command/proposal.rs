//! A command that waits for a second person: what it would do now, and who may approve it (decisions 1 and 12 in the
//! crate docs).
use jiff::Timestamp;

use super::trial::try_command;
use super::{Command, Guard, check_rules};
use crate::domain::access::{Decision, Denial, Person, decide, standing};
use crate::domain::change_request::{ChangeRequest, Parked, REQUEST_VALID, RequestState, Told};
use crate::domain::effect::{Effect, Line};
use crate::domain::id::ChangeRequestId;
use crate::domain::identity::{mailbox, same_person};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::Difference;
use crate::domain::security::Area;
use crate::domain::user::User;

/// The version of the form in which commands wait.
const VERSION: u16 = 1;

/// The area that asks for a second person before this command is done; none when it is done at once.
pub fn asks_second(org: &Org, command: &Command) -> Option<Area> {
    let security = org.security();
    match command.change().guard() {
        Guard::Area(area) => security.four_eyes.areas.contains(&area).then_some(area),
        Guard::Settings => security.four_eyes.begun.then_some(Area::Organization),
        Guard::Free => None,
    }
}

/// A command with what it would do now.
pub struct Proposal {
    by: Person,
    command: Command,
    after: Org,
    difference: Difference,
    effect: Effect,
}

impl Proposal {
    /// What the command would do for whoever asks for it.
    ///
    /// # Errors
    /// Why it would be refused without any second person.
    pub fn new(org: &Org, by: Person, command: Command) -> Result<Self, Refusal> {
        let (after, difference) = try_command(org, Some(by), &command)?;
        let effect = Effect::between(org, &after, &difference);
        Ok(Self { by, command, after, difference, effect })
    }

    /// An open request as it stands now: still possible, and still doing what it did when it was filed.
    ///
    /// # Errors
    /// Closed, expired, stale, or of somebody who may no longer ask for it.
    pub fn open(org: &Org, request: &ChangeRequest, now: Timestamp) -> Result<Self, Refusal> {
        if !request.is_open() {
            return Err(Refusal::RequestClosed(request.state.key()));
        }
        if request.is_expired(now) {
            return Err(Refusal::RequestExpired { at: request.expires });
        }
        let command = unpark(request)?;
        let requester = || super::user::name_of(org, request.by.user);
        standing(org, request.by).map_err(|denial| Refusal::RequesterLeft { requester: requester(), denial })?;
        let proposal = Self::new(org, request.by, command).map_err(|refusal| match refusal {
            Refusal::NotAllowed { denial, .. } => Refusal::RequesterLostRight { requester: requester(), denial },
            other => Refusal::RequestStale(about_the_requester(requester(), &other)),
        })?;
        if proposal.effect.digest == request.told.digest {
            return Ok(proposal);
        }
        let now = Told::of(&proposal.effect, org, &proposal.after);
        Err(Refusal::RequestStale(moved(&request.told, &now)))
    }

    /// What it would do.
    pub const fn effect(&self) -> &Effect {
        &self.effect
    }

    /// The organization after it.
    pub const fn after(&self) -> &Org {
        &self.after
    }

    /// The command.
    pub const fn command(&self) -> &Command {
        &self.command
    }

    /// Whether `who` may approve it.
    ///
    /// # Errors
    /// Why not; the first reason.
    pub fn may_approve(&self, org: &Org, who: Person) -> Result<(), Refusal> {
        standing(org, who).map_err(|denial| Refusal::denied(org, denial))?;
        other_person(org, self.by, who, &self.command)?;
        self.invites_somebody_else(org, who)?;
        for need in self.command.change().requires(org) {
            match decide(org, who, need) {
                Decision::Allow { .. } => {}
                Decision::Deny(Denial::OutsideScope(permission)) => {
                    return Err(Refusal::ApproverOutOfScope(permission));
                }
                Decision::Deny(_) => return Err(Refusal::ApproverLacks(need.permission)),
            }
        }
        check_rules(org, &self.after, &self.difference, Some(who))
    }

    /// Nobody approves an invitation to another account of their own.
    fn invites_somebody_else(&self, org: &Org, who: Person) -> Result<(), Refusal> {
        let Some(own) = org.user(who.user).map(mailbox) else { return Ok(()) };
        let mut invited = self.difference.invitations().filter_map(|(old, new)| new.filter(|_| old.is_none()));
        if invited.any(|open| open.address.without_tag() == own) { Err(Refusal::AboutYou) } else { Ok(()) }
    }

    /// Everybody who could approve it now, each with the first of their roles that can.
    pub fn approvers<'a>(&'a self, org: &'a Org) -> impl Iterator<Item = (&'a User, Person)> {
        let needs = self.command.change().requires(org);
        let able = |permissions: crate::domain::permission::PermissionSet| {
            permissions.contains(Permission::ORGANIZATIONS_UPDATE)
                && needs.iter().all(|need| permissions.contains(need.permission))
        };
        let roles: std::collections::BTreeSet<_> =
            org.active_roles().filter(|role| able(role.permissions())).map(|role| role.id).collect();
        org.users().values().filter(|user| user.is_active()).filter_map(move |user| {
            let as_role = |role| Person { user: user.id, role };
            let mut able = user.roles.iter().filter(|role| roles.contains(role)).map(as_role);
            able.find(|person| self.may_approve(org, *person).is_ok()).map(|person| (user.as_ref(), person))
        })
    }

    /// A request for it.
    ///
    /// # Errors
    /// When nobody could approve it, or when it waits already.
    pub fn file(
        &self,
        org: &Org,
        area: Area,
        id: ChangeRequestId,
        at: Timestamp,
        entry: u64,
    ) -> Result<ChangeRequest, Refusal> {
        let waits = |request: &ChangeRequest| {
            request.id != id
                && request.by.user == self.by.user
                && !request.is_expired(at)
                && request.told.digest == self.effect.digest
        };
        if org.open_requests().any(waits) {
            return Err(Refusal::AlreadyRequested);
        }
        if self.approvers(org).next().is_none() {
            return Err(Refusal::NobodyApproves { why: self.why_nobody(org) });
        }
        let change = self.command.change();
        Ok(ChangeRequest {
            id,
            by: self.by,
            filed: at,
            expires: at.saturating_add(REQUEST_VALID).unwrap_or(at),
            entry,
            area,
            command: change.name().into(),
            summary: change.summary(org).into(),
            told: Told::of(&self.effect, org, &self.after),
            state: RequestState::Pending,
            parked: Some(park(&self.command)?),
        })
    }

    /// For everybody else who decides change requests at all: what stands against it.
    pub fn why_nobody(&self, org: &Org) -> Few {
        let deciding = |user: &User| {
            let has =
                |role| org.role(role).is_some_and(|role| role.permissions().contains(Permission::ORGANIZATIONS_UPDATE));
            user.roles.iter().find(|role| has(*role)).map(|role| Person { user: user.id, role })
        };
        let users = org.users().values().filter(|user| user.is_active() && user.id != self.by.user);
        let why = users.filter_map(|user| {
            let refusal = self.may_approve(org, deciding(user)?).err()?;
            Some(format!("{}: {}", user.name, in_the_third_person(&refusal)))
        });
        let why: Few = why.collect();
        if why.is_empty() {
            return ["no other active user has organizations:update"].into_iter().collect();
        }
        why
    }
}

/// Whether `who` is somebody else than the requester and than those whom the command is about, and decides change
/// requests at all.
pub(super) fn other_person(org: &Org, by: Person, who: Person, command: &Command) -> Result<(), Refusal> {
    if who.user == by.user {
        return Err(Refusal::OwnRequest);
    }
    if same_person(org, who.user, by.user) {
        return Err(Refusal::SamePerson { requester: super::user::name_of(org, by.user) });
    }
    let update = Permission::ORGANIZATIONS_UPDATE;
    if !org.role(who.role).is_some_and(|role| role.permissions().contains(update)) {
        return Err(Refusal::NotApprover(update));
    }
    if command.change().subjects().iter().any(|subject| same_person(org, *subject, who.user)) {
        return Err(Refusal::AboutYou);
    }
    Ok(())
}

fn in_the_third_person(refusal: &Refusal) -> String {
    match refusal {
        Refusal::SamePerson { .. } => "the same person as the requester".into(),
        Refusal::AboutYou => "it is about this person".into(),
        Refusal::NotApprover(permission) | Refusal::ApproverLacks(permission) => format!("lacks {permission}"),
        Refusal::ApproverOutOfScope(permission) => format!("has {permission}, but not here"),
        Refusal::OwnAccess => "would gain access by it".into(),
        Refusal::OwnersOnly => "is not an Owner".into(),
        Refusal::Administration { missing } => format!("lacks {missing}"),
        Refusal::AdministrationElsewhere { missing } => format!("has {missing}, but not there"),
        other => other.to_string(),
    }
}

/// Why a request is no longer possible, told to somebody who is not the requester.
fn about_the_requester(requester: String, refusal: &Refusal) -> String {
    match refusal {
        Refusal::OwnAccess
        | Refusal::OwnersOnly
        | Refusal::Administration { .. }
        | Refusal::AdministrationElsewhere { .. } => format!("{requester} {}.", in_the_third_person(refusal)),
        Refusal::AboutYou => format!("it is about {requester}."),
        other => other.to_string(),
    }
}

/// The command of an open request.
///
/// # Errors
/// Stale: this version of the program cannot read it.
pub fn unpark(request: &ChangeRequest) -> Result<Command, Refusal> {
    let unreadable = || Refusal::RequestStale("this version of rolodeck cannot read what it would do.".into());
    let parked = request.parked.as_ref().filter(|parked| parked.version == VERSION).ok_or_else(unreadable)?;
    serde_json::from_value(parked.json.clone()).map_err(|_| unreadable())
}

fn park(command: &Command) -> Result<Parked, Refusal> {
    let unwritable = |_| Refusal::RequestStale("it cannot be written down.".into());
    Ok(Parked { version: VERSION, json: serde_json::to_value(command).map_err(unwritable)? })
}

/// What an approver would be shown now and was not shown when the request was filed.
fn moved(filed: &Told, now: &Told) -> String {
    let changed = |line: &&Line| !filed.lines.contains(line);
    let line = |line: &Line| {
        let side = |side: &Option<String>| side.as_deref().unwrap_or("nothing").to_owned();
        let was = filed.lines.iter().find(|other| other.subject == line.subject && other.field == line.field);
        let now = format!("{} → {}", side(&line.before), side(&line.after));
        match was {
            Some(was) => {
                format!("{}, {}: was {} → {}, is {now}", line.subject, line.field, side(&was.before), side(&was.after))
            }
            None => format!("{}, {}: {now} is new", line.subject, line.field),
        }
    };
    let gone = |line: &&Line| !now.lines.iter().any(|other| other.subject == line.subject && other.field == line.field);
    let lost = |line: &Line| format!("{}, {}: would not change any more", line.subject, line.field);
    let access = now.access.iter().filter(|sentence| !filed.access.contains(sentence));
    let access = access.map(|sentence| sentence.trim_end_matches('.').to_owned());
    let moved = now.lines.iter().filter(changed).map(line);
    let moved = moved.chain(filed.lines.iter().filter(gone).map(lost)).chain(access);
    let moved: Few = moved.collect();
    if moved.is_empty() {
        return "what it would do is not what it was when it was filed.".into();
    }
    format!("{moved}.")
}
