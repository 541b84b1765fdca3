//! `rolodeck log`: everything that was done or refused.
use std::io::Write;

use clap::Args as ClapArgs;

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
}

/// Signs in and prints the log, newest last.
///
/// # Errors
/// When the role may not read it, or the file or the output stands in the way.
pub fn run(wanted: &Wanted, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let mut store = open(place)?;
    let session = sign_in(&mut store, outside, surroundings)?;
    let org = store.org();
    if let Decision::Deny(denial) = decide(&org, session.person(), Need::organization(Permission::RESOURCE_EVENTS_READ))
    {
        return Err(Refusal::denied(&org, denial).into());
    }
    let teller = Teller::new(&org, Addresses::for_person(&org, session.person()));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut after = 0;
    loop {
        let page = store.entries(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for header in &page {
            let story = tell(&store, header)?;
            let text = if wanted.json {
                escaped(&teller.json(header, &story).to_string())
            } else {
                teller.text(header, &story)
            };
            writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        }
    }
    out.flush().map_err(|error| Failure::output(&error))
}
