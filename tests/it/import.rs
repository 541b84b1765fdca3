//! Import of entities, accounts and invitations.
mod invitations;
mod mixed;
mod places;
mod races;
mod screens;

use std::collections::BTreeMap;
use std::sync::Arc;

use rolodeck::command::may_hand_out;
use rolodeck::domain::access::Person;
use rolodeck::domain::import::{Judged, Judging, Kind, Table};
use rolodeck::domain::org::Org;
use rolodeck::domain::sample;

use crate::desk::{Weather, person};

/// The sample organization.
fn org() -> Org {
    let outside = Weather::new().outside();
    sample::organization(outside.now(), &mut || outside.seed()).unwrap()
}

/// Somebody who may do everything.
fn owner(org: &Org) -> Person {
    person(org, "Ingrid Åsgård", "Owner")
}

/// The verdicts on a table.
fn judge(kind: Kind, text: &str, org: &Org, who: Person) -> Judged {
    let table = Table::read(kind, text.as_bytes()).unwrap();
    let actor = org.role(who.role).unwrap();
    let may_give = |role: &_| may_hand_out(org, actor, role);
    Judging::new(table, &Arc::new(org.clone()), who, Weather::new().outside().now(), may_give).finish()
}

/// Line by line what was found out.
fn labels(judged: &Judged) -> Vec<&'static str> {
    judged.lines.iter().map(|line| line.verdict.label()).collect()
}

/// How often each label is there.
fn tally<'a>(labels: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for label in labels {
        *counts.entry(label).or_default() += 1;
    }
    counts
}
