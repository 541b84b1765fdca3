//! `rolodeck log`: everything that was done or refused.
use std::io::Write;

use clap::Args as ClapArgs;

use super::as_of::At;
use super::json::escaped;
use super::sign_in::{open, sign_in};
use super::{Failure, Surroundings, place::Place};
use crate::domain::access::{Decision, Need, decide};
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::ledger::story::tell;
use crate::ledger::telling::{Addresses, Teller};
use crate::outside::Outside;

/// How many entries are read at once.
const PAGE: u32 = 500;

/// What of the log is wanted.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// One JSON object a line
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    at: At,
}

/// Signs in and prints the log, newest last.
///
/// # Errors
/// When the role may not read it, or the file or the output stands in the way.
pub fn run(wanted: &Wanted, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let when = wanted.at.when(place, outside)?;
    let mut store = open(place)?;
    let session = sign_in(&mut store, outside, surroundings)?;
    let org = store.org();
    if let Decision::Deny(denial) = decide(&org, session.person(), Need::organization(Permission::RESOURCE_EVENTS_READ))
    {
        return Err(Refusal::denied(&org, denial).into());
    }
    let teller = Teller::new(&org, Addresses::for_person(&org, session.person()));
    let as_of = if when.is_past() { Some(when.look_up(&store, outside)?) } else { None };
    let upto = as_of.as_ref().map_or(u64::MAX, |as_of| as_of.head.seq);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if let Some(as_of) = as_of.as_ref().filter(|_| !wanted.json) {
        writeln!(out, "{}", as_of.line()).map_err(|error| Failure::output(&error))?;
    }
    let mut after = 0;
    loop {
        let mut page = store.entries(after, PAGE)?;
        page.retain(|header| header.seq <= upto);
        let Some(last) = page.last() else { break };
        after = last.seq;
        for header in &page {
            let story = tell(&store, header)?;
            let text = if wanted.json {
                let mut entry = teller.json(header, &story);
                if let (Some(as_of), Some(fields)) = (&as_of, entry.as_object_mut()) {
                    fields.insert("as_of".into(), as_of.json());
                }
                escaped(&entry.to_string())
            } else {
                teller.text(header, &story)
            };
            writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        }
    }
    out.flush().map_err(|error| Failure::output(&error))
}
