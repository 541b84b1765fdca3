//! Whole entries in words, as much of them as the reader's role may see.
use serde_json::{Value, json};

use super::change::{FieldTold, RowTold, fields, in_words, list, person, role, row_told, shown_once};
use super::decision::Asked;
use super::request;
use crate::domain::access::{Need, Person, decide};
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::text::Shown;
use crate::ledger::entry::{Header, StampKind, time_text};
use crate::ledger::story::{Change, Story};

/// Whether a reader may see e-mail addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// As they were typed.
    Shown,
    /// Replaced by a word: the reader may not see who the members are.
    Hidden,
}

impl Addresses {
    /// What a person may see in their active role: addresses are for those who may see the members.
    pub fn for_person(org: &Org, person: Person) -> Self {
        let need = Need::organization(Permission::MEMBERSHIPS_READ);
        if decide(org, person, need).is_allowed() { Self::Shown } else { Self::Hidden }
    }
}

/// Says entries in the words that a reader may see.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    org: &'a Org,
    addresses: Addresses,
}

impl<'a> Teller<'a> {
    /// Tells with the names that this organization knows.
    pub const fn new(org: &'a Org, addresses: Addresses) -> Self {
        Self { org, addresses }
    }

    /// The organization whose names it says.
    pub const fn org(&self) -> &'a Org {
        self.org
    }

    /// Whether it says addresses.
    pub const fn addresses(&self) -> Addresses {
        self.addresses
    }

    /// Who an entry is from: name and role, or what kind of actor it was.
    pub fn who(&self, header: &Header) -> String {
        match self.actor(header) {
            (who, Some(role)) => format!("{who} ({role})"),
            (who, None) => who,
        }
    }

    /// Who an entry is from and, for a known person, in which role.
    pub fn actor(&self, header: &Header) -> (String, Option<String>) {
        let actor = &header.actor;
        match actor.user.and_then(|id| self.org.user(id)) {
            Some(user) => {
                let role = actor.role.and_then(|id| self.org.role(id));
                (user.name.to_string(), role.map(|role| role.name.to_string()))
            }
            None if actor.kind == StampKind::Rescuer => ("somebody with the recovery code".into(), None),
            None => (actor.kind.name().into(), None),
        }
    }

    /// A person by name and role.
    pub fn person(&self, who: Person) -> String {
        format!("{} ({})", person(self.org, who.user), role(self.org, who.role))
    }

    /// What an entry says, line by line: why it was refused, what was asked for, facts about the session, and each row
    /// as it was and as it is.
    pub fn lines(&self, story: &Story) -> Vec<String> {
        let mut lines = Vec::new();
        for (name, value) in [("refused", &story.refusal), ("asked for", &story.command), ("session", &story.session)] {
            let told = value.as_ref().filter(|_| name != "asked for" || story.changes.is_empty());
            if let Some(value) = told.map(|value| self.hidden(value.clone())) {
                lines.push(format!("{name}: {}", list(self.org, &fields(Some(&value)))));
            }
        }
        // What was decided comes before what that changed.
        let (requests, rows): (Vec<_>, Vec<_>) = story.changes.iter().partition(|change| is_request(change));
        lines.extend(requests.into_iter().chain(rows).flat_map(|change| self.change(change)));
        // An id can stand for an address, too.
        lines.into_iter().map(|line| self.masked(&line)).collect()
    }

    /// A whole entry as a JSON object.
    pub fn json(&self, header: &Header, story: &Story) -> Value {
        let changes = story.changes.iter().map(
            |change| json!({ "kind": change.kind, "id": change.id, "before": change.before, "after": change.after }),
        );
        self.hidden(json!({
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
        }))
    }

    /// An entry as text: a line that says when, who and what, and below it what it says.
    pub fn text(&self, header: &Header, story: &Story) -> String {
        let (command, who) = (Shown::new(&header.command), self.who(header));
        let mut text = format!("{:>6}  {}  {}  {command}  {who}", header.seq, time_text(header.at), header.outcome);
        for line in self.lines(story) {
            text.push_str(&format!("\n          {line}"));
        }
        text
    }

    /// The rows that an entry changed, field by field; what was decided comes before what that changed.
    pub fn rows(&self, story: &Story) -> Vec<RowTold> {
        let (requests, rows): (Vec<_>, Vec<_>) = story.changes.iter().partition(|change| is_request(change));
        requests.into_iter().chain(rows).map(|change| self.row(change)).collect()
    }

    /// Why an entry was refused, in the words of its refusal.
    pub fn refusal(&self, story: &Story) -> Option<String> {
        let refusal = story.refusal.as_ref()?;
        let text = refusal.get("text").and_then(Value::as_str);
        Some(self.masked(&text.map_or_else(|| list(self.org, &fields(Some(refusal))), shown_once)))
    }

    /// A part of a story as `name value; name value`.
    pub fn part(&self, value: &Value) -> String {
        list(self.org, &fields(Some(&self.hidden(value.clone()))))
    }

    /// Who asked for what an entry decided or did, and what became of it; none when no request is concerned.
    pub fn asked(&self, header: &Header, story: &Story) -> Option<Asked> {
        Asked::of(self, header, story)
    }

    /// Whether a stored text holds an address that the reader may not see.
    pub fn hides(&self, json: &str) -> bool {
        if self.addresses == Addresses::Shown {
            return false;
        }
        serde_json::from_str::<Value>(json).map_or(true, |value| self.hidden(value.clone()) != value)
    }

    fn row(&self, change: &Change) -> RowTold {
        let change = self.side(change);
        let told = row_told(self.org, &change);
        let told = match request::told(self.org, &change) {
            Some(lines) => {
                let fields = lines.into_iter().map(|line| FieldTold::Said("request".into(), line)).collect();
                RowTold { fields, ..told }
            }
            None => told,
        };
        told.map(|text| self.masked(text))
    }

    fn change(&self, change: &Change) -> Vec<String> {
        let change = self.side(change);
        request::told(self.org, &change).unwrap_or_else(|| vec![in_words(self.org, &change)])
    }

    /// Both sides of a change without addresses, where the reader may not see them.
    pub(super) fn side(&self, change: &Change) -> Change {
        let side = |value: &Option<Value>| value.clone().map(|value| self.hidden(value));
        Change { before: side(&change.before), after: side(&change.after), ..change.clone() }
    }

    /// The text without addresses, where the reader may not see them.
    pub fn masked(&self, text: &str) -> String {
        if self.addresses == Addresses::Shown || !text.contains('@') {
            return text.to_owned();
        }
        let mut told = String::with_capacity(text.len());
        for piece in text.split_inclusive(|c: char| c.is_whitespace() || "“”\"(),;<>".contains(c)) {
            let word = piece.trim_end_matches(|c: char| c.is_whitespace() || "“”\"(),;<>".contains(c));
            told.push_str(if word.contains('@') { "(hidden)" } else { word });
            told.push_str(piece.get(word.len()..).unwrap_or_default());
        }
        told
    }

    /// The value without addresses, where the reader may not see them.
    pub fn hidden(&self, value: Value) -> Value {
        if self.addresses == Addresses::Shown {
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

fn is_request(change: &Change) -> bool {
    change.kind.as_ref() == "change_request"
}
