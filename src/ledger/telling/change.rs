//! What an entry changed, in words: names instead of ids, as far as the organization still knows them.
use serde_json::{Map, Value};

use super::security;
use crate::domain::id::{AccountId, ChangeRequestId, EntityId, InvitationId, RoleId, UserId};
use crate::domain::org::Org;
use crate::domain::text::Shown;
use crate::ledger::story::Change;

/// What a row is called: the value that people know it by, else its id.
pub(super) fn called(org: &Org, change: &Change) -> String {
    let row = change.after.as_ref().or(change.before.as_ref());
    let known = ["name", "address"].into_iter().find_map(|field| row?.get(field)?.as_str());
    match known {
        Some(name) => format!("“{}”", Shown::new(name)),
        None => format!("of {}", name_of(org, &change.id.to_string()).unwrap_or_else(|| change.id.to_string())),
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It changed.
    Changed,
}

/// What is said about one field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldTold {
    /// A field of a new row.
    Is(String, String),
    /// A field of a row that is gone.
    Was(String, String),
    /// A field as it was and as it is.
    Became(String, String, String),
    /// A field, and a sentence about what changed in it.
    Said(String, String),
}

/// A row that an entry changed, part by part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowTold {
    /// What became of it.
    pub fate: Fate,
    /// Its kind and what it is called.
    pub row: String,
    /// What changed in it, or what a new one says.
    pub fields: Vec<FieldTold>,
}

impl RowTold {
    /// The same with every text changed.
    #[must_use]
    pub(super) fn map(self, change: impl Fn(&str) -> String) -> Self {
        let fields = self.fields.into_iter().map(|field| match field {
            FieldTold::Is(name, is) => FieldTold::Is(name, change(&is)),
            FieldTold::Was(name, was) => FieldTold::Was(name, change(&was)),
            FieldTold::Became(name, was, is) => FieldTold::Became(name, change(&was), change(&is)),
            FieldTold::Said(name, text) => FieldTold::Said(name, change(&text)),
        });
        Self { fate: self.fate, row: change(&self.row), fields: fields.collect() }
    }
}

/// One change, part by part.
pub fn row_told(org: &Org, change: &Change) -> RowTold {
    let row = format!("{} {}", change.kind.replace('_', " "), called(org, change));
    let (fate, fields) = match (&change.before, &change.after) {
        (None, Some(after)) => (Fate::New, each(org, after).map(|(name, is)| FieldTold::Is(name, is)).collect()),
        (Some(before), None) => (Fate::Gone, each(org, before).map(|(name, was)| FieldTold::Was(name, was)).collect()),
        (before, after) => (Fate::Changed, changed(org, &fields(before.as_ref()), &fields(after.as_ref()))),
    };
    RowTold { fate, row, fields }
}

/// The fields of a row with what they say, without its own id.
fn each(org: &Org, row: &Value) -> impl Iterator<Item = (String, String)> {
    let told = fields(Some(row)).into_iter().filter(|(name, _)| name != "id");
    told.map(|(name, value)| (field(&name), words(org, &value)))
}

fn changed(org: &Org, before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<FieldTold> {
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    let changed = names.filter(|name| before.get(*name) != after.get(*name)).flat_map(|name| {
        let [was, is] = [before, after].map(|side| side.get(name).unwrap_or(&Value::Null));
        let told = (name == "security").then(|| security::changed(org, was, is)).flatten();
        match told {
            Some(lines) => lines.into_iter().map(|line| FieldTold::Said(field(name), line)).collect(),
            None => vec![FieldTold::Became(field(name), words(org, was), words(org, is))],
        }
    });
    changed.collect()
}

/// One change in one line: what is new, what is gone, or each field as it was and as it is.
pub fn in_words(org: &Org, change: &Change) -> String {
    let RowTold { fate, row, fields } = row_told(org, change);
    let fields = fields.into_iter().map(|field| match field {
        FieldTold::Is(name, told) | FieldTold::Was(name, told) => format!("{name} {told}"),
        FieldTold::Became(name, was, is) => format!("{name} {was} -> {is}"),
        FieldTold::Said(_, text) => text,
    });
    let fields = fields.collect::<Vec<_>>().join("; ");
    match fate {
        Fate::New => format!("+ {row}: {fields}"),
        Fate::Gone => format!("- {row}"),
        Fate::Changed => format!("~ {row}: {fields}"),
    }
}

/// A field's name as people would write it.
fn field(name: &str) -> String {
    Shown::new(&name.replace('_', " ")).to_string()
}

/// A user's name, as far as it is known.
pub fn person(org: &Org, user: UserId) -> String {
    org.user(user).map_or_else(|| "nobody who is known here".into(), |row| row.name.to_string())
}

/// A role's name, as far as it is known.
pub fn role(org: &Org, role: RoleId) -> String {
    org.role(role).map_or_else(|| role.to_string(), |row| row.name.to_string())
}

/// A JSON object as `name value; name value`, without its own id.
pub fn list(org: &Org, fields: &Map<String, Value>) -> String {
    let told = fields.iter().filter(|(name, _)| *name != "id");
    told.map(|(name, value)| format!("{} {}", Shown::new(&name.replace('_', " ")), words(org, value)))
        .collect::<Vec<_>>()
        .join("; ")
}

/// A JSON value as people would write it.
pub fn words(org: &Org, value: &Value) -> String {
    match value {
        Value::Null => "nothing".into(),
        Value::String(text) => name_of(org, text).unwrap_or_else(|| Shown::new(text).to_string()),
        Value::Array(items) if items.is_empty() => "none".into(),
        Value::Array(items) => items.iter().map(|item| words(org, item)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => format!("({})", list(org, fields)),
        other => other.to_string(),
    }
}

/// The name that an id stands for.
pub(super) fn name_of(org: &Org, id: &str) -> Option<String> {
    let id: uuid::Uuid = id.parse().ok()?;
    let user = || org.user(UserId::from_uuid(id)).map(|row| row.name.to_string());
    let role = || org.role(RoleId::from_uuid(id)).map(|row| row.name.to_string());
    let entity = || org.entity(EntityId::from_uuid(id)).map(|row| row.name.to_string());
    let account = || org.account(AccountId::from_uuid(id)).map(|row| row.name.to_string());
    let invited = || org.invitation(InvitationId::from_uuid(id)).map(|row| row.address.to_string());
    let request =
        || org.change_request(ChangeRequestId::from_uuid(id)).map(|row| format!("“{}”", shown_once(&row.summary)));
    let organization = || org.organization().filter(|row| row.id.uuid() == id).map(|row| row.name.to_string());
    user().or_else(role).or_else(entity).or_else(account).or_else(invited).or_else(request).or_else(organization)
}

/// Text that was made visible when it was stored. What still acts or hides in it, because somebody else wrote it into
/// the file, becomes visible; escapes stay as they are.
pub fn shown_once(text: &str) -> String {
    let pieces: Vec<_> = text.split('<').map(|piece| Shown::new(piece).to_string()).collect();
    pieces.join("<")
}

/// The fields of a JSON object; of anything else, none.
pub fn fields(value: Option<&Value>) -> Map<String, Value> {
    match value {
        Some(Value::Object(fields)) => fields.clone(),
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visible_escapes_stay_and_others_become_visible() {
        assert_eq!(shown_once("role “a<U+202E>b” < c"), "role “a<U+202E>b” < c");
        assert_eq!(shown_once("a\u{1b}[31m<\u{202e}b"), "a<U+001B>[31m<<U+202E>b");
    }
}
