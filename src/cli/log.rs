//! `rolodeck log`: everything that was done or refused.
use std::io::Write;

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::json::escaped;
use super::request;
use super::sign_in::{open, sign_in};
use super::telling::{fields, in_words, list};
use super::{Failure, Surroundings, place::Place};
use crate::domain::access::{Decision, Need, decide};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::domain::text::Shown;
use crate::ledger::actor::Session;
use crate::ledger::entry::{Header, StampKind, time_text};
use crate::ledger::story::{Change, Story, tell};
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
    let reader = Reader::new(&org, &session);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut after = 0;
    loop {
        let page = store.entries(after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.seq;
        for header in &page {
            let story = tell(&store, header)?;
            let text = if wanted.json { reader.json(header, &story) } else { reader.text(header, &story) };
            writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        }
    }
    out.flush().map_err(|error| Failure::output(&error))
}

/// Says entries in the words that the reader's role may see.
struct Reader<'a> {
    org: &'a Org,
    addresses: bool,
}

impl<'a> Reader<'a> {
    fn new(org: &'a Org, session: &Session) -> Self {
        let need = Need::organization(Permission::MEMBERSHIPS_READ);
        Self { org, addresses: decide(org, session.person(), need).is_allowed() }
    }

    fn who(&self, header: &Header) -> String {
        let actor = &header.actor;
        let user = actor.user.and_then(|id| self.org.user(id));
        let role = actor.role.and_then(|id| self.org.role(id));
        match (user, role) {
            (Some(user), Some(role)) => format!("{} ({})", user.name, role.name),
            (Some(user), None) => user.name.to_string(),
            (None, _) if actor.kind == StampKind::Rescuer => "somebody with the recovery code".into(),
            (None, _) => actor.kind.name().into(),
        }
    }

    fn text(&self, header: &Header, story: &Story) -> String {
        let (command, who) = (Shown::new(&header.command), self.who(header));
        let mut text = format!("{:>6}  {}  {}  {command}  {who}", header.seq, time_text(header.at), header.outcome);
        for (name, value) in [("refused", &story.refusal), ("asked for", &story.command), ("session", &story.session)] {
            let told = value.as_ref().filter(|_| name != "asked for" || story.changes.is_empty());
            if let Some(value) = told.map(|value| self.hidden(value.clone())) {
                text.push_str(&format!("\n          {name}: {}", list(self.org, &fields(Some(&value)))));
            }
        }
        // What was decided comes before what that changed.
        let (requests, rows): (Vec<_>, Vec<_>) =
            story.changes.iter().partition(|change| change.kind.as_ref() == "change_request");
        for line in requests.into_iter().chain(rows).flat_map(|change| self.change(change)) {
            text.push_str(&format!("\n          {line}"));
        }
        text
    }

    fn change(&self, change: &Change) -> Vec<String> {
        let side = |value: &Option<Value>| value.clone().map(|value| self.hidden(value));
        let change = Change { before: side(&change.before), after: side(&change.after), ..change.clone() };
        request::told(self.org, &change).unwrap_or_else(|| vec![in_words(self.org, &change)])
    }

    fn json(&self, header: &Header, story: &Story) -> String {
        let changes = story.changes.iter().map(
            |change| json!({ "kind": change.kind, "id": change.id, "before": change.before, "after": change.after }),
        );
        let entry = json!({
            "seq": header.seq,
            "at": time_text(header.at),
            "id": header.id,
            "command": header.command,
            "outcome": header.outcome.code(),
            "actor": {
                "kind": header.actor.kind.name(),
                "user": header.actor.user,
                "role": header.actor.role,
                "session": header.actor.session,
            },
            "request": story.command,
            "refusal": story.refusal,
            "facts": story.session,
            "changes": changes.collect::<Vec<_>>(),
            "previous": header.previous,
            "hash": header.hash,
        });
        escaped(&self.hidden(entry).to_string())
    }

    /// Addresses are for those who may see who the members are.
    fn hidden(&self, value: Value) -> Value {
        if self.addresses {
            return value;
        }
        match value {
            Value::Object(fields) => fields
                .into_iter()
                .map(|(name, value)| match (name.as_str(), value) {
                    ("address", Value::String(_)) => (name, Value::String("(hidden)".into())),
                    (_, value) => (name, self.hidden(value)),
                })
                .collect(),
            Value::Array(items) => items.into_iter().map(|item| self.hidden(item)).collect(),
            Value::String(text) if text.contains('@') => Value::String("(hidden)".into()),
            other => other,
        }
    }
}
