//! What a command would do for a person, without doing it.
use super::{Command, check_rules};
use crate::domain::access::{Decision, Person, decide, standing};
use crate::domain::org::Org;
use crate::domain::refusal::{Few, Refusal};
use crate::domain::row::Difference;

/// Whether the person may run the command: they take part, and their active role has what it requires.
///
/// # Errors
/// What is missing, and who could grant it.
pub fn authorise(org: &Org, who: Person, command: &Command) -> Result<(), Refusal> {
    standing(org, who).map_err(|denial| Refusal::NotAllowed { denial, grantors: Few::default() })?;
    for need in command.change().requires(org) {
        if let Decision::Deny(denial) = decide(org, who, need) {
            return Err(Refusal::denied(org, denial));
        }
    }
    Ok(())
}

/// The organization after the command, and what that changes; `who` is the person who asks, if a person does.
///
/// # Errors
/// Why it would be refused.
pub fn try_command(org: &Org, who: Option<Person>, command: &Command) -> Result<(Org, Difference), Refusal> {
    if let Some(person) = who {
        authorise(org, person, command)?;
    }
    let mut after = Org::clone(org);
    command.change().apply(&mut after)?;
    let difference = Difference::between(org, &after);
    check_rules(org, &after, &difference, who)?;
    Ok((after, difference))
}
