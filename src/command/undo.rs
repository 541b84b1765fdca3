//! Taking back what one did, as a new change with the values from before.
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::undo_steps::{By, steps};
use super::{Actors, Change, Command, Guard};
use crate::domain::access::Need;
use crate::domain::id::{Seed, UserId};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::domain::row;

/// How many steps are named in a sentence.
const NAMED: usize = 3;

/// Undoes an entry: other commands in order, all of them or none, with what each of them needs and under the rules that
/// each of them obeys.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Undo {
    /// The entry that is undone.
    pub entry: u64,
    /// What undoes it.
    pub steps: Vec<Command>,
}

impl Undo {
    /// What undoes the changes of an entry, as far as nothing of it was changed again since. `by` is who undoes it and
    /// did it; ids of what is made anew are of the moment `at`.
    ///
    /// # Errors
    /// What cannot be undone, or was changed since.
    pub fn of(
        org: &Org,
        (entry, changes): (u64, &[row::Change]),
        by: UserId,
        at: Timestamp,
        seed: &mut dyn FnMut() -> Seed,
    ) -> Result<Self, Refusal> {
        Ok(Self { entry, steps: steps(org, changes, &mut By { user: by, at, seed })? })
    }

    /// What its steps do, in words; of many the first ones.
    pub fn steps_in_words(&self, org: &Org) -> String {
        let mut said: Vec<_> = self.steps.iter().take(NAMED).map(|step| step.change().summary(org)).collect();
        if self.steps.len() > NAMED {
            said.push(format!("and {} more", self.steps.len() - NAMED));
        }
        said.join("; ")
    }

    /// The same, as if it were asked for at this moment.
    pub(super) fn asked_at(self, at: Timestamp) -> Self {
        Self { steps: self.steps.into_iter().map(|step| step.at(at)).collect(), ..self }
    }
}

/// Whether a command can be a step: those that any person with what they need can run by themselves, and that make or
/// change no secret. A step is never a decision about a request, and never something that happens only once.
const fn is_step(command: &Command) -> bool {
    matches!(
        command,
        Command::EditOrganization(_)
            | Command::CreateRole(_)
            | Command::EditRole(_)
            | Command::RenameRole(_)
            | Command::DeleteRole(_)
            | Command::InviteUsers(_)
            | Command::RevokeInvitations(_)
            | Command::AssignRoles(_)
            | Command::TakeAwayRoles(_)
            | Command::DeactivateUser(_)
            | Command::ReactivateUser(_)
            | Command::TellApart(_)
            | Command::ChangeFourEyes(_)
            | Command::WithdrawRequest(_)
            | Command::CreateEntity(_)
            | Command::RenameEntity(_)
            | Command::MoveEntity(_)
            | Command::RemoveEntity(_)
            | Command::ProvisionAgain(_)
            | Command::RenameAccount(_)
            | Command::MoveAccount(_)
            | Command::IgnoreAccount(_)
    )
}

impl Change for Undo {
    fn name(&self) -> &'static str {
        "undo"
    }

    fn actors(&self) -> Actors {
        let own = self.steps.iter().find_map(|step| match step.change().actors() {
            Actors::Oneself(user) => Some(user),
            _ => None,
        });
        own.map_or(Actors::Person, Actors::Oneself)
    }

    fn guard(&self) -> Guard {
        let guards = || self.steps.iter().map(|step| step.change().guard());
        if guards().any(|guard| guard == Guard::Settings) {
            return Guard::Settings;
        }
        guards().find(|guard| *guard != Guard::Free).unwrap_or(Guard::Free)
    }

    fn requires(&self, org: &Org) -> Vec<Need> {
        let mut needs: Vec<Need> = self.steps.iter().flat_map(|step| step.change().requires(org)).collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    fn subjects(&self) -> Vec<UserId> {
        self.steps.iter().flat_map(|step| step.change().subjects()).collect()
    }

    fn summary(&self, org: &Org) -> String {
        format!("undo entry {}: {}", self.entry, self.steps_in_words(org))
    }

    fn apply(&self, org: &mut Org) -> Result<(), Refusal> {
        if self.steps.is_empty() {
            return Err(Refusal::NothingChanges);
        }
        for step in &self.steps {
            let others = |actors| matches!((actors, self.actors()), (Actors::Oneself(a), Actors::Oneself(b)) if a != b);
            if !is_step(step) || others(step.change().actors()) {
                return Err(Refusal::CannotUndo("it needs what no undoing may do"));
            }
            step.change().apply(org)?;
        }
        Ok(())
    }
}
