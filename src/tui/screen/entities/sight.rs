//! Who sees an account or entity, now and after a change: told where the change is chosen.
use crate::command::Command;
use crate::domain::access::Need;
use crate::domain::census::RoleUses;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::scope::Place;
use crate::domain::sight::{Seer, SightChange, seers_in_words, who_sees};
use crate::tui::scene::Scene;

/// Roles that are named in a sentence.
const NAMED: usize = 8;

/// What the active role may know of roles and their people, counted once for a state of the organization.
pub(super) struct Sight {
    uses: Option<RoleUses>,
}

impl Sight {
    /// Counts, if the active role may see roles and users (decision 16 in the crate docs).
    pub fn of(scene: &Scene) -> Self {
        let needs = [Permission::ROLES_READ, Permission::MEMBERSHIPS_READ];
        let sees = needs.iter().all(|need| super::node::allows(scene, Need::organization(*need)));
        Self { uses: sees.then(|| RoleUses::of(&scene.org)) }
    }

    /// The roles that see a place; none for who may not see roles and users.
    pub fn seers<'a>(&self, org: &'a Org, place: Place) -> Option<Vec<Seer<'a>>> {
        self.uses.as_ref().map(|uses| who_sees(org, uses, place))
    }

    /// Who will see an account that is provisioned in a place, or later accounts of an entity that is created there.
    pub fn of_new(&self, org: &Org, place: Place) -> Vec<String> {
        match self.seers(org, place) {
            None => vec![out_of_sight()],
            Some(gain) if gain.is_empty() => vec!["No role will see it.".into()],
            Some(gain) => sentences(&SightChange { gain, ..SightChange::default() }),
        }
    }

    /// What a command does to who sees a place.
    ///
    /// # Errors
    /// Why the command is not possible.
    pub fn after(&self, org: &Org, command: &Command, place: Place) -> Result<Vec<String>, Refusal> {
        let after = tried(org, command)?;
        Ok(match &self.uses {
            None => vec![out_of_sight()],
            Some(uses) => sentences(&SightChange::between(org, &after, uses, place)),
        })
    }
}

/// Like [`SightChange::in_words`], but of many roles only the first are named and the others counted.
fn sentences(change: &SightChange<'_>) -> Vec<String> {
    let parts = [("Will see it", &change.gain), ("No longer see it", &change.lose), ("See it as before", &change.keep)];
    let told = parts.into_iter().filter(|(_, seers)| !seers.is_empty());
    let sentences: Vec<String> = told.map(|(what, seers)| format!("{what}: {}.", few(seers))).collect();
    if sentences.is_empty() { change.in_words() } else { sentences }
}

fn few(seers: &[Seer<'_>]) -> String {
    let named = seers.get(..NAMED).unwrap_or(seers);
    match seers.len() - named.len() {
        0 => seers_in_words(named),
        more => format!("{} and {more} more", seers_in_words(named)),
    }
}

fn out_of_sight() -> String {
    "Which roles see it is not shown: your active role may not see roles and users.".into()
}

/// The organization after a command, if it is possible.
///
/// # Errors
/// Why it is not.
pub(super) fn tried(org: &Org, command: &Command) -> Result<Org, Refusal> {
    let mut after = org.clone();
    command.change().apply(&mut after)?;
    Ok(after)
}
