//! `rolodeck four-eyes doctor`: who could approve whose requests (decision 10 in the crate docs).
use std::io::Write;

use clap::Subcommand;
use serde_json::{Value, json};

use super::access::may_read;
use super::as_of::{AsOf, At};
use super::json::escaped;
use super::sign_in::{open, sign_in};
use super::{Failure, Surroundings, place::Place};
use crate::command::{AreaCover, Cover, Spare, doctor, permissions_of};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Few;
use crate::ledger::telling::person;
use crate::outside::Outside;

/// What can be done about four-eyes approvals from the command line.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Print for every area and everybody who can ask for something in it who could approve that. Exit code 1 when
    /// somebody's requests could be approved by nobody in an area that is on
    Doctor {
        /// As a JSON array with one object for each area
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        at: At,
    },
}

/// Signs in and prints who could approve whose requests.
///
/// # Errors
/// When the role may not see members and roles, when somebody's requests could be approved by nobody, or when the file
/// or the output stands in the way.
pub fn run(what: &What, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let What::Doctor { json, at } = what;
    let when = at.when(place, outside)?;
    let past = when.is_past();
    let mut store = open(place)?;
    let session = sign_in(&mut store, outside, surroundings)?;
    // What may be read is decided by the present, whatever moment it is about.
    may_read(&store.org(), session.person())?;
    let as_of = when.look_up(&store, outside)?;
    let org = as_of.org.as_ref();
    let areas = doctor(org);
    let text = if *json {
        format!("{}\n", escaped(&areas.iter().map(|area| area_json(&as_of, area)).collect::<Value>().to_string()))
    } else {
        let areas: Vec<_> = areas.iter().map(|area| area_text(org, area)).collect();
        if past { format!("{}\n\n{}", as_of.line(), areas.join("\n")) } else { areas.join("\n") }
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))?;
    holes(org, &areas)
        .map_err(|(text, hint)| if past { was_unwell(&as_of, &text) } else { Failure::Unwell { text, hint } })
}

fn was_unwell(as_of: &AsOf, holes: &str) -> Failure {
    let text = format!("On {}: {holes}", as_of.in_words());
    Failure::Unwell { text, hint: "Without --at it is said how it is now.".into() }
}

/// Fails when somebody's requests could be approved by nobody.
fn holes(org: &Org, areas: &[AreaCover]) -> Result<(), (String, String)> {
    let broken = areas.iter().filter(|area| area.in_force && area.spare() == Spare::Hole);
    let told = broken.map(|area| {
        let alone = area.covers.iter().filter(|cover| cover.spare() == Spare::Hole);
        let alone: Few = alone.map(|cover| person(org, cover.requester)).collect();
        format!("{} (requests of {alone})", area.area.name())
    });
    let told: Vec<_> = told.collect();
    if told.is_empty() {
        return Ok(());
    }
    Err((
        format!("Four-eyes is on, and there is a hole in it: nobody could approve in {}.", told.join(", ")),
        "Give another person a role with organizations:update and what the area needs, or use rolodeck recover.".into(),
    ))
}

fn area_text(org: &Org, area: &AreaCover) -> String {
    let state = if area.in_force { "on" } else { "off" };
    let how = match area.spare() {
        _ if area.covers.is_empty() => "nobody can ask for anything here",
        Spare::Hole => "somebody's requests could be approved by nobody",
        Spare::OneOnly => "somebody's requests could be approved by one person only",
        Spare::Enough => "everybody's requests could be approved by two people or more",
    };
    let mut text = format!("{} ({state}): {how}\n", area.area.name());
    for cover in &area.covers {
        let approvers: Few = cover.approvers.iter().map(|user| person(org, *user)).collect();
        text.push_str(&format!(
            "  {:<8}  {}: approved by {approvers} ({})\n",
            mark(cover.spare()),
            person(org, cover.requester),
            needs(area, cover)
        ));
    }
    text
}

/// What is said in front of a line, so that it is seen without colours.
const fn mark(spare: Spare) -> &'static str {
    match spare {
        Spare::Hole => "HOLE",
        Spare::OneOnly => "one only",
        Spare::Enough => "",
    }
}

fn needs(area: &AreaCover, cover: &Cover) -> String {
    let all = permissions_of(area.area);
    if cover.permissions.len() == all.len() {
        return "everything in this area".into();
    }
    let names: Vec<_> = cover.permissions.iter().map(Permission::to_string).collect();
    names.join(", ")
}

const fn code(spare: Spare) -> &'static str {
    match spare {
        Spare::Hole => "hole",
        Spare::OneOnly => "one_only",
        Spare::Enough => "enough",
    }
}

fn area_json(as_of: &AsOf, area: &AreaCover) -> Value {
    let org = as_of.org.as_ref();
    let user = |id| json!({ "user": id, "name": org.user(id).map(|user| user.name.as_str()) });
    let cover = |cover: &Cover| {
        json!({
            "requester": user(cover.requester),
            "permissions": cover.permissions,
            "approvers": cover.approvers.iter().map(|id| user(*id)).collect::<Vec<_>>(),
            "spare": code(cover.spare()),
        })
    };
    json!({
        "as_of": as_of.json(),
        "area": area.area.key(),
        "on": area.in_force,
        "spare": code(area.spare()),
        "requesters": area.covers.iter().map(cover).collect::<Vec<_>>(),
    })
}
