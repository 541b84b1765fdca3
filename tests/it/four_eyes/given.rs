//! What the model takes as given: what a command does, and what roles and users are allowed without four-eyes.
use rolodeck::command::{Command, check_rules};
use rolodeck::domain::access::Person;
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Organization;
use rolodeck::domain::row::{Difference, Row};
use rolodeck::domain::security::{Area, Security};

/// The organization after a command, whoever asks for it.
pub fn applied(org: &Org, command: &Command) -> Result<Org, &'static str> {
    let mut after = org.clone();
    command.change().apply(&mut after).map_err(|refusal| refusal.code())?;
    Ok(after)
}

/// The rule of roles and users that stands against a change by this person, as if four-eyes were off before and after.
/// With four-eyes on, whoever approves is the third person that tells two people apart.
pub fn rule(before: &Org, after: &Org, who: Person) -> Option<&'static str> {
    let third = before.security().four_eyes.areas.contains(&Area::UserManagement);
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
