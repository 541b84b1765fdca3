//! What blanking never touches: the frame that is left of a part of an entry when every text is taken out of it that
//! blanking may ever change. Each place that [`super::Traces::blank`] can reach stands here, too, and no other; the
//! hash of a part holds its frame for ever.
use serde_json::Value;

use crate::domain::address::EmailAddress;
use crate::domain::id::UserId;
use crate::domain::name::PersonName;
use crate::domain::row::Kind;

/// Whether anything in a part of this kind may be blanked. Things are not people, whatever they are called; credentials
/// and redactions name nobody.
pub fn can_be_blanked(kind: &str) -> bool {
    match kind {
        "user" | "invitation" | "change_request" => true,
        _ => Kind::named(kind).is_none() && kind != "redaction",
    }
}

/// A part of an entry with nothing in the place of every text that blanking may change. Ids, roles, permissions, scopes,
/// times and numbers, and the names of all fields, are as they were.
#[must_use]
pub fn frame(kind: &str, mut value: Value) -> Value {
    match kind {
        "user" | "invitation" => ["name", "address"].iter().for_each(|field| empty(value.get_mut(field))),
        "change_request" => empty_request(&mut value),
        "command" => empty_command(&mut value),
        _ if can_be_blanked(kind) => empty_texts(Some(&mut value)),
        _ => {}
    }
    value
}

/// Whether a part can be what blanking left: in rows of people a name and an address only make place for what stands for
/// somebody erased. A second account of the person keeps its name until it is erased itself.
pub fn can_be_left(kind: &str, value: &Value) -> bool {
    let text = |field| value.get(field).and_then(Value::as_str);
    let address = text("address").and_then(|address| EmailAddress::new(address).ok()).filter(EmailAddress::is_erased);
    let nameless = text("name").is_none_or(|name| name == PersonName::erased().as_str());
    match kind {
        "user" => address.is_some_and(|address| {
            let own = text("id").and_then(|id| id.parse().ok()).map(UserId::from_uuid);
            nameless || own.is_some_and(|own| address != EmailAddress::erased(own))
        }),
        "invitation" => address.is_some() && nameless,
        _ => can_be_blanked(kind),
    }
}

fn empty_request(value: &mut Value) {
    empty_texts(value.get_mut("summary"));
    for line in value.pointer_mut("/told/lines").and_then(Value::as_array_mut).into_iter().flatten() {
        ["subject", "before", "after"].iter().for_each(|field| empty_texts(line.get_mut(field)));
    }
    empty_texts(value.pointer_mut("/told/access"));
    empty(value.pointer_mut("/told/digest"));
    empty(value.pointer_mut("/state/reason"));
    if let Some(command) = value.pointer_mut("/parked/json") {
        empty_command(command);
    }
}

fn empty_command(value: &mut Value) {
    match value {
        // Only what may be an address: ids, permissions and times never have this sign.
        Value::String(word) if word.contains('@') => word.clear(),
        Value::Array(items) => items.iter_mut().for_each(empty_command),
        Value::Object(fields) => {
            for (name, field) in fields {
                match name.as_str() {
                    "name" => empty_texts(Some(field)),
                    "reason" => empty(Some(field)),
                    // The digest of what an approver was shown, which could confirm a guess.
                    "shown" if field.is_string() => empty(Some(field)),
                    _ => empty_command(field),
                }
            }
        }
        _ => {}
    }
}

/// A text becomes an empty one; anything else stays.
fn empty(value: Option<&mut Value>) {
    if let Some(Value::String(text)) = value {
        text.clear();
    }
}

/// Likewise every text in it.
fn empty_texts(value: Option<&mut Value>) {
    match value {
        Some(Value::Array(items)) => items.iter_mut().for_each(|item| empty_texts(Some(item))),
        Some(Value::Object(fields)) => fields.values_mut().for_each(|field| empty_texts(Some(field))),
        text => empty(text),
    }
}
