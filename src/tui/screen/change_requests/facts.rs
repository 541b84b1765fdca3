//! Everything about one request, worked out once for each state of the organization.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::item::{Item, State, name_of};
use crate::command::{ApproveRequest, Command, FileAgain, Proposal, RejectRequest, code_was_seen};
use crate::domain::access::Person;
use crate::domain::change_request::ChangeRequest;
use crate::domain::effect::{Affected, Effect, Line};
use crate::domain::id::{ChangeRequestId, RoleId};
use crate::domain::name::Reason;
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::engine::Change;
use crate::ledger::actor::Actor;
use crate::ledger::run::attempt;
use crate::tui::scene::{Ready, Scene};

/// The most people that are named as those who could decide.
const NAMED: usize = 8;

/// Who could decide a request.
pub(super) enum Deciders {
    /// Nobody, and why not.
    Nobody(String),
    /// Whoever looks, perhaps, and others, perhaps more than are named.
    Some { me: bool, others: Vec<String>, more: bool },
}

/// How many users and open invitations gain or lose something.
pub(super) struct Affects {
    pub users: usize,
    pub invitations: usize,
}

/// What a request does, as it is shown.
pub(super) struct Shows {
    pub lines: Vec<Line>,
    pub access: Vec<String>,
    /// Lines that are not kept with the request.
    pub more: usize,
    pub affects: Option<Affects>,
    pub arising: Vec<String>,
    pub resolved: Vec<String>,
}

/// A request with all that is to be said of it.
pub(super) struct Facts {
    pub request: Arc<ChangeRequest>,
    pub requester: String,
    pub role: String,
    pub state: State,
    /// Why it cannot be decided, when it is open.
    pub trouble: Option<Refusal>,
    pub shows: Shows,
    /// None when it cannot be decided.
    pub deciders: Option<Deciders>,
    /// Whether the requester looked at the code that whoever looks signed up with.
    pub code_seen: bool,
    pub mine: bool,
    pub approve: Ready,
    pub reject: Ready,
    pub again: Ready,
}

impl Facts {
    /// As it stands now; none when there is no such request or nobody is signed in.
    pub fn of(scene: &Scene, id: ChangeRequestId) -> Option<Self> {
        let (org, now, me) = (&*scene.org, scene.now, scene.person()?);
        let request = scene.org.change_requests().get(&id)?;
        let state = Item::new(org, request, me, now).state(now);
        let (shows, deciders, trouble) = match Proposal::open(org, request, now) {
            Ok(proposal) => (Shows::fresh(org, &proposal), Some(Deciders::of(org, &proposal, me)), None),
            Err(refusal) => (Shows::kept(request), None, Some(refusal).filter(|_| request.is_open())),
        };
        let undecided = Ready::when(request.is_open());
        let ends = matches!(state, State::Stale | State::Expired);
        Some(Self {
            requester: name_of(org, request.by.user),
            role: role_name(org, request.by.role),
            shows,
            deciders,
            trouble,
            state,
            code_seen: request.is_open() && code_was_seen(org, me.user, request.by.user),
            mine: request.by.user == me.user,
            approve: undecided.clone().and(|| possible(scene, approval(request, me, now))),
            reject: undecided.clone().and(|| match "-".parse::<Reason>() {
                Ok(reason) => possible(scene, RejectRequest { request: id, by: me, at: now, reason }),
                Err(_) => Ready::Hidden,
            }),
            again: undecided
                .and(|| Ready::when(ends && request.by.user == me.user))
                .and(|| possible(scene, FileAgain { request: id, by: me, at: now })),
            request: Arc::clone(request),
        })
    }
}

impl Shows {
    /// What it would do now.
    fn fresh(org: &Org, proposal: &Proposal) -> Self {
        let Effect { lines, access, arising, resolved, .. } = proposal.effect();
        let who: BTreeSet<&Affected> = access.iter().flat_map(|change| &change.who).collect();
        let users = who.iter().filter(|who| matches!(who, Affected::User(_))).count();
        Self {
            lines: lines.clone(),
            access: access.iter().flat_map(|change| change.in_words(org, proposal.after())).collect(),
            more: 0,
            affects: Some(Affects { users, invitations: who.len() - users }),
            arising: arising.clone(),
            resolved: resolved.clone(),
        }
    }

    /// What it did when it was filed.
    fn kept(request: &ChangeRequest) -> Self {
        let shown = |text: &String| Shown::new(text).to_string();
        let line = |line: &Line| Line {
            subject: shown(&line.subject),
            field: shown(&line.field),
            before: line.before.as_ref().map(shown),
            after: line.after.as_ref().map(shown),
        };
        Self {
            lines: request.told.lines.iter().map(line).collect(),
            access: request.told.access.iter().map(shown).collect(),
            more: request.told.more,
            affects: None,
            arising: Vec::new(),
            resolved: Vec::new(),
        }
    }
}

impl Deciders {
    fn of(org: &Org, proposal: &Proposal, me: Person) -> Self {
        let able = |(user, person): (&crate::domain::user::User, Person)| {
            (user.id != me.user).then(|| format!("{} ({})", user.name, role_name(org, person.role)))
        };
        let mine = proposal.may_approve(org, me).is_ok();
        let mut others: Vec<String> = proposal.approvers(org).filter_map(able).take(NAMED + 1).collect();
        if others.is_empty() && proposal.approvers(org).next().is_none() && !mine {
            return Self::Nobody(proposal.why_nobody(org).to_string());
        }
        let more = others.len() > NAMED;
        others.truncate(NAMED);
        Self::Some { me: mine, others, more }
    }
}

/// The approval of what is shown.
pub(super) fn approval(request: &ChangeRequest, by: Person, at: Timestamp) -> ApproveRequest {
    ApproveRequest { request: request.id, by, at, shown: request.told.digest }
}

/// Whether this would be done now. That a passphrase is asked for before does not count.
fn possible(scene: &Scene, command: impl Into<Command>) -> Ready {
    if scene.change == Change::Never {
        return said(&Refusal::ReadOnly);
    }
    let Some(session) = scene.session.clone() else { return Ready::Hidden };
    match attempt(&scene.org, scene.now, &Actor::Person(session), &command.into()) {
        Ok(_) | Err(Refusal::ProofTooOld) => Ready::Yes,
        Err(refusal) => said(&refusal),
    }
}

fn said(refusal: &Refusal) -> Ready {
    Ready::No(format!("{refusal} {}", refusal.hint()))
}

/// A role's name, also of one that was deleted.
pub(super) fn role_name(org: &Org, role: RoleId) -> String {
    org.role(role).map_or_else(|| format!("a role that is not there ({role})"), |role| role.name.to_string())
}
