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

/// One change in one line: what is new, what is gone, or each field as it was and as it is.
pub fn in_words(org: &Org, change: &Change) -> String {
    let row = format!("{} {}", change.kind.replace('_', " "), called(org, change));
    match (&change.before, &change.after) {
        (None, Some(after)) => format!("+ {row}: {}", list(org, &fields(Some(after)))),
        (Some(_), None) => format!("- {row}"),
        (before, after) => {
            let (before, after) = (fields(before.as_ref()), fields(after.as_ref()));
            let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
            let changed = names.filter(|name| before.get(*name) != after.get(*name)).flat_map(|field| {
                let [was, is] = [&before, &after].map(|side| side.get(field).unwrap_or(&Value::Null));
                let told = (field == "security").then(|| security::changed(org, was, is)).flatten();
                told.unwrap_or_else(|| vec![as_it_was(org, field, [was, is])])
            });
            format!("~ {row}: {}", changed.collect::<Vec<_>>().join("; "))
        }
    }
}

fn as_it_was(org: &Org, field: &str, [was, is]: [&Value; 2]) -> String {
    format!("{} {} -> {}", Shown::new(&field.replace('_', " ")), words(org, was), words(org, is))
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
fn name_of(org: &Org, id: &str) -> Option<String> {
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
