//! Blanking a person who left.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actors, Change, Command, Guard, unpark, user};
use crate::domain::access::Need;
use crate::domain::address::EmailAddress;
use crate::domain::change_request::ChangeRequest;
use crate::domain::erasure::Traces;
use crate::domain::id::UserId;
use crate::domain::identity::{mailbox, same_person};
use crate::domain::name::PersonName;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::row::{Kind, Row};
use crate::domain::security::Area;
use crate::domain::user::{User, UserStatus};

/// Blanks the name and the address of a person who was removed. What the log says of them is blanked with it, in the
/// same transaction; ids, roles and times stay.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ErasePerson {
    /// Whom.
    pub user: UserId,
    /// Who does it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

/// Whom a command blanks, also when it approves that.
pub fn erases(org: &Org, command: &Command) -> Option<UserId> {
    match command {
        Command::ErasePerson(command) => Some(command.user),
        Command::ApproveRequest(approval) => whom(org.change_request(approval.request)?),
        _ => None,
    }
}

/// Whom a request asks to blank.
fn whom(request: &ChangeRequest) -> Option<UserId> {
    match unpark(request) {
        Ok(Command::ErasePerson(command)) => Some(command.user),
        _ => None,
    }
}

impl Change for ErasePerson {
    fn name(&self) -> &'static str {
        "erase_person"
    }

    fn actors(&self) -> Actors {
        Actors::Oneself(self.by)
    }

    fn guard(&self) -> Guard {
        Guard::Area(Area::UserManagement)
    }

    fn requires(&self, _: &Org) -> Vec<Need> {
        vec![Need::organization(Permission::MEMBERSHIPS_DELETE)]
    }

    fn subjects(&self) -> Vec<UserId> {
        vec![self.user]
    }

    fn summary(&self, org: &Org) -> String {
        format!("blank the name and the address of {} everywhere, for good", user::name_of(org, self.user))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        let person = org.user(self.user).cloned().ok_or(Refusal::Gone(Kind::User))?;
        if person.is_erased() {
            return Err(Refusal::NothingChanges);
        }
        if person.status != UserStatus::Removed {
            return Err(Refusal::NotRemoved(person.name.to_string()));
        }
        still_here(org, &person)?;
        let traces = Traces::of(&person);
        self.named_in_requests(org, &traces)?;
        let requests = org.change_requests().values().map(|request| Row::ChangeRequest(request.as_ref().clone()));
        // A person who came and went twice left two rows with one address.
        let twins = org.users().values().filter(|user| user.status == UserStatus::Removed);
        let twins = twins.map(|user| Row::User(user.as_ref().clone()));
        let left: Vec<_> = requests.chain(twins).filter_map(|row| traces.blanked(&row)).collect();
        left.into_iter().for_each(|row| org.put(row));
        org.put(Row::User(User { name: PersonName::erased(), address: EmailAddress::erased(person.id), ..person }));
        Ok(())
    }
}

impl ErasePerson {
    /// What somebody still has to decide must say whom it is about. Expired requests can no longer be decided.
    fn named_in_requests(&self, org: &Org, traces: &Traces) -> Result<(), Refusal> {
        let about = |request: &ChangeRequest| {
            unpark(request).is_ok_and(|command| command.change().subjects().contains(&self.user))
                || traces.blanked(&Row::ChangeRequest(request.clone())).is_some()
        };
        let waiting = org.open_requests().filter(|request| !request.is_expired(self.at));
        let mut others = waiting.filter(|request| whom(request) != Some(self.user));
        match others.find(|request| about(request)) {
            None => Ok(()),
            Some(request) => Err(Refusal::NamedInRequest(request.summary.to_string())),
        }
    }
}

/// Somebody who is here under another account, or is invited again, did not leave.
fn still_here(org: &Org, person: &User) -> Result<(), Refusal> {
    let here = |user: &&User| user.status != UserStatus::Removed && same_person(org, user.id, person.id);
    if let Some(other) = org.users().values().map(AsRef::as_ref).find(here) {
        return Err(Refusal::StillHere(format!("has the account {}", other.address)));
    }
    let own = mailbox(person);
    let invited = org.invitations().values().find(|open| open.address.without_tag() == own);
    match invited {
        Some(open) => Err(Refusal::StillHere(format!("was invited again as {}", open.address))),
        None => Ok(()),
    }
}
