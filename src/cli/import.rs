//! `rolodeck import`: many entities and accounts, or many invitations, from a table.
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand};

use super::sign_in::{open, sign_in};
use super::{Failure, Surroundings, place::Place};
use crate::command::{import, import_needs, may_hand_out};
use crate::domain::access::{Decision, Need, Person, decide};
use crate::domain::import::{Judged, Judging, Kind, Table, Verdict};
use crate::domain::org::Org;
use crate::domain::refusal::Refusal;
use crate::engine::{Change, Reply, Request, Worker, read_import, read_whole};
use crate::ledger::actor::Session;
use crate::ledger::passphrase::Cost;
use crate::ledger::store::Store;
use crate::outside::Outside;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Entities and accounts; the first line is entity,parent,account,currency,identifier
    Places(Wanted),
    /// Invitations; the first line is email,role,name
    Invitations(Wanted),
}

/// From where, and how far to go.
#[derive(Debug, ClapArgs)]
pub struct Wanted {
    /// The table; - is standard input, where it comes after the answers to sign in with
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print what every line would do, and import nothing
    #[arg(long)]
    dry_run: bool,
    /// Import what can be imported, and leave the other lines out
    #[arg(long)]
    skip_refused: bool,
}

/// Signs in, prints the verdict on every line, and imports all of it or nothing. Exit code 1 when lines are refused and
/// may not be left out.
///
/// # Errors
/// When the role may not import anything, the table cannot be read, lines are refused, or something stands in the way.
pub fn run(what: &What, place: &Place, surroundings: &Surroundings, outside: &Outside) -> Result<(), Failure> {
    let (kind, wanted) = match what {
        What::Places(wanted) => (Kind::Places, wanted),
        What::Invitations(wanted) => (Kind::Invitations, wanted),
    };
    let mut store = open(place)?;
    let session = sign_in(&mut store, outside, surroundings)?;
    let org = store.org();
    let who = session.person();
    may_import(&org, who, kind)?;
    let bytes = read(&wanted.file)?;
    let table = Table::read(kind, &bytes).map_err(|unread| {
        let file = wanted.file.display().to_string();
        let from = if file == "-" { "standard input" } else { &file };
        Failure::Usage { text: format!("{from}: {unread}"), hint: unread.hint() }
    })?;
    let actor = org.role(who.role).ok_or(Refusal::OwnersOnly)?;
    let judged = Judging::new(table, &org, who, outside.now(), |role| may_hand_out(&org, actor, role)).finish();
    print(&table_text(&judged))?;
    if judged.counts.refused > 0 && !wanted.skip_refused {
        let (refused, all) = (judged.counts.refused, judged.counts.total());
        let text = format!("{refused} of {all} lines cannot be imported, and nothing was imported.");
        return Err(Failure::Unwell { text, hint: "Correct them, or leave them out with --skip-refused.".into() });
    }
    if wanted.dry_run {
        return print("Nothing was imported: this was a dry run.\n");
    }
    if judged.plan.is_empty() {
        return print("There is nothing to import.\n");
    }
    let told = write(store, &session, &judged, place, surroundings, outside)?;
    print(&told)
}

fn may_import(org: &Org, who: Person, kind: Kind) -> Result<(), Refusal> {
    let needs = import_needs(kind).iter().map(|permission| decide(org, who, Need::organization(*permission)));
    let mut denials = needs.map(|decision| match decision {
        Decision::Allow { .. } => None,
        Decision::Deny(denial) => Some(denial),
    });
    let first = denials.next().flatten();
    match first {
        Some(denial) if denials.all(|denial| denial.is_some()) => Err(Refusal::denied(org, denial)),
        _ => Ok(()),
    }
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    if file.as_os_str() == "-" {
        return read_whole(std::io::stdin().lock()).map_err(|error| Failure::io(file, "read", error));
    }
    Ok(read_import(file)?)
}

/// Runs the command as the dashboard would, and sends the messages that wait then.
fn write(
    store: Store,
    session: &Session,
    judged: &Judged,
    place: &Place,
    surroundings: &Surroundings,
    outside: &Outside,
) -> Result<String, Failure> {
    let command = import(&judged.plan, session.person().user, outside.now(), &mut || outside.seed());
    let (post, library) = (place.post(surroundings)?, place.library.clone());
    let mut worker = Worker::new(outside.clone(), Cost::recommended()?, library, post, Change::Allowed, None);
    worker.adopt(store);
    let reply = worker.serve(Request::Run { session: session.clone(), command })?;
    let told = match reply {
        Reply::Requested { request, approvers } => {
            format!(
                "The import waits for a second person, as change request {request}: {approvers} could approve it.\n"
            )
        }
        _ => format!("Imported: {}.\n", judged.plan.words()),
    };
    while worker.idle()?.more {}
    Ok(told)
}

/// A line for each line of the table, then the counts.
fn table_text(judged: &Judged) -> String {
    let mut text = String::new();
    for line in &judged.lines {
        let sign = match &line.verdict {
            Verdict::Fine(_, warnings) if warnings.is_empty() => "ok",
            Verdict::Fine(..) => "look at it",
            Verdict::There => "there",
            Verdict::Refused(_) => "left out",
        };
        text.push_str(&format!("{:>6}  {sign:<10}  {}\n", line.row.line, line.words(judged.kind)));
        if !matches!(line.verdict, Verdict::There) {
            for sentence in line.verdict.sentences() {
                text.push_str(&format!("{:20}{}\n", "", sentence));
            }
        }
    }
    let makes = if judged.plan.is_empty() { String::new() } else { format!(" That makes {}.", judged.plan.words()) };
    text.push_str(&format!("{} lines: {}.{makes}\n", judged.counts.total(), judged.counts.words()));
    text
}

fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| Failure::output(&error))
}
