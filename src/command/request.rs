//! Decisions about change requests.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::proposal::{Proposal, other_person, unpark};
use super::{Actors, Change, Guard, user};
use crate::domain::access::{Need, Person};
use crate::domain::change_request::{ChangeRequest, RequestState};
use crate::domain::id::{ChangeRequestId, UserId};
use crate::domain::identity::same_person;
use crate::domain::name::Reason;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::row::{Kind, Row};
use crate::domain::user::Digest;

/// Approves a change request, which does it in the same moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ApproveRequest {
    /// Which.
    pub request: ChangeRequestId,
    /// Who approves, and as what.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// The digest of the effect that the approver was shown.
    pub shown: Digest,
}

/// Says no to a change request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RejectRequest {
    /// Which.
    pub request: ChangeRequestId,
    /// Who, and as what.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: Reason,
}

/// Takes one's own change request back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WithdrawRequest {
    /// Which.
    pub request: ChangeRequestId,
    /// Who asked for it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// Files one's own stale or expired change request again, with what it would do now.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileAgain {
    /// Which.
    pub request: ChangeRequestId,
    /// Who asks, and as what.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

impl Change for ApproveRequest {
    fn name(&self) -> &'static str {
        "approve_request"
    }

    fn actors(&self) -> Actors {
        Actors::Approver { by: self.by, request: self.request }
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("approve “{}”", summary_of(org, self.request))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let request = find(org, self.request)?;
        let proposal = Proposal::open(org, &request, self.at)?;
        proposal.may_approve(org, self.by)?;
        if request.told.digest != self.shown {
            return Err(Refusal::EffectMoved);
        }
        let code_seen = code_was_seen(org, self.by.user, request.by.user);
        *org = proposal.after().clone();
        // Its words may have been blanked by what it asked for.
        let request = find(org, self.request)?;
        let state = RequestState::Applied { by: self.by, at: self.at, code_seen };
        org.put(Row::ChangeRequest(ChangeRequest { state, parked: None, ..request }));
        Ok(())
    }
}

impl Change for RejectRequest {
    fn name(&self) -> &'static str {
        "reject_request"
    }

    fn actors(&self) -> Actors {
        Actors::Acting(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::ORGANIZATIONS_UPDATE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("reject “{}”", summary_of(org, self.request))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let request = still_open(org, self.request)?;
        if request.is_expired(self.at) {
            return Err(Refusal::RequestExpired { at: request.expires });
        }
        // What cannot be read is about nobody who could be named.
        if let Ok(command) = unpark(&request) {
            other_person(org, request.by, self.by, &command)?;
        } else if same_person(org, self.by.user, request.by.user) {
            return Err(Refusal::OwnRequest);
        }
        let state = RequestState::Rejected { by: self.by, at: self.at, reason: self.reason.clone() };
        org.put(Row::ChangeRequest(ChangeRequest { state, parked: None, ..request }));
        Ok(())
    }
}

impl Change for WithdrawRequest {
    fn name(&self) -> &'static str {
        "withdraw_request"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("withdraw “{}”", summary_of(org, self.request))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let request = still_open(org, self.request)?;
        own(org, &request, self.by)?;
        let state = RequestState::Withdrawn { at: self.at };
        org.put(Row::ChangeRequest(ChangeRequest { state, parked: None, ..request }));
        Ok(())
    }
}

impl Change for FileAgain {
    fn name(&self) -> &'static str {
        "file_again"
    }

    fn actors(&self) -> Actors {
        Actors::Acting(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Free
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        Vec::new()
    }

    fn subjects(&self) -> Vec<UserId> {
        Vec::new()
    }

    fn summary(&self, org: &Org) -> String {
        format!("file “{}” again", summary_of(org, self.request))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let request = still_open(org, self.request)?;
        own(org, &request, self.by.user)?;
        if request.by == self.by && Proposal::open(org, &request, self.at).is_ok() {
            return Err(Refusal::NothingChanges);
        }
        let command = unpark(&request)?.at(self.at);
        let proposal = Proposal::new(org, self.by, command)?;
        let again = proposal.file(org, request.area, request.id, self.at, request.entry)?;
        org.put(Row::ChangeRequest(again));
        Ok(())
    }
}

/// Whether the requester looked at the code that the approver signed up with, under any account.
pub fn code_was_seen(org: &Org, approver: UserId, requester: UserId) -> bool {
    let seen = |user: &crate::domain::user::User| user.code_seen_by.iter().any(|by| same_person(org, *by, requester));
    org.user(approver).is_some_and(seen)
}

fn find(org: &Org, id: ChangeRequestId) -> Result<ChangeRequest, Refusal> {
    org.change_request(id).cloned().ok_or(Refusal::Gone(Kind::ChangeRequest))
}

fn still_open(org: &Org, id: ChangeRequestId) -> Result<ChangeRequest, Refusal> {
    let request = find(org, id)?;
    if request.is_open() { Ok(request) } else { Err(Refusal::RequestClosed(request.state.key())) }
}

fn own(org: &Org, request: &ChangeRequest, by: UserId) -> Result<(), Refusal> {
    if request.by.user == by {
        return Ok(());
    }
    Err(Refusal::NotRequester { requester: user::name_of(org, request.by.user) })
}

fn summary_of(org: &Org, id: ChangeRequestId) -> String {
    org.change_request(id).map_or_else(|| id.to_string(), |request| request.summary.to_string())
}
