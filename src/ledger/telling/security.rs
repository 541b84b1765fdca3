//! What an entry changed in the security settings, in words.
use serde_json::Value;

use super::change::person;
use crate::domain::org::Org;
use crate::domain::refusal::Few;
use crate::domain::security::{Area, Emergency, Rescue, Security};
use crate::ledger::entry::time_text;

/// What differs between two stored settings; none when they cannot be read.
pub fn changed(org: &Org, before: &Value, after: &Value) -> Option<Vec<String>> {
    let (before, after) = (read(before)?, read(after)?);
    let mut told = Vec::new();
    let (was, is) = (&before.four_eyes, &after.four_eyes);
    if was.areas != is.areas {
        told.push(format!("four-eyes on for {} -> {}", areas(&was.areas), areas(&is.areas)));
    } else if was.begun && !is.begun {
        told.push("switching four-eyes on takes effect at once again".into());
    }
    if before.code_due != after.code_due {
        let who = |user: Option<_>| user.map_or_else(|| "nobody".into(), |user| person(org, user));
        let (was, is) = (who(before.code_due), who(after.code_due));
        told.push(format!("a new recovery code can be drawn by {was} -> {is}"));
    }
    let new = after.emergencies.iter().filter(|use_of_it| !before.emergencies.contains(use_of_it));
    told.extend(new.map(|emergency| format!("{}; an Owner has to take note", used(org, emergency))));
    let noted = before.emergencies.iter().filter(|use_of_it| !after.emergencies.contains(use_of_it));
    told.extend(noted.map(|emergency| format!("note taken of {}: {}", time_text(emergency.at), used(org, emergency))));
    Some(told)
}

/// Stored settings. What every organization begins with is not stored.
fn read(value: &Value) -> Option<Security> {
    if value.is_null() {
        return Some(Security::default());
    }
    serde_json::from_value(value.clone()).ok()
}

fn areas<'a>(areas: impl IntoIterator<Item = &'a Area>) -> String {
    let names: Few = areas.into_iter().map(|area| area.name()).collect();
    if names.is_empty() { "nothing".into() } else { names.to_string() }
}

fn used(org: &Org, emergency: &Emergency) -> String {
    let what = match emergency.rescue {
        Rescue::FourEyesOff => "switch four-eyes off".into(),
        Rescue::OwnerReset(owner) => format!("give {} a new passphrase", person(org, owner)),
    };
    format!("recovery code used to {what}, by somebody who said to be {}", person(org, emergency.claimed))
}
