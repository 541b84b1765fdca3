//! An entry in a few words, for one line among others.
use serde_json::Value;

use super::change::name_of;
use super::kinds::{called, capital};
use super::teller::Teller;
use crate::domain::text::Shown;
use crate::ledger::entry::{Body, Header, Outcome, upgrade};

/// Bodies that are read for it.
pub const READ: u32 = 6;

/// Names that it says.
const NAMED: usize = 3;

impl Teller<'_> {
    /// What was done and to whom, from an entry's first bodies and how many it has.
    pub fn what(&self, header: &Header, bodies: &[Body], parts: u32) -> String {
        let action = called(&header.command);
        let request = part(bodies, "change_request").and_then(|row| text(&row, "summary").map(str::to_owned));
        let told = match request.map(|summary| self.masked(&super::shown_once(&summary))) {
            Some(summary) if header.outcome == Outcome::Requested => capital(&summary),
            Some(summary) => format!("{action}: {summary}"),
            None => match self.whom(header, bodies, parts) {
                whom if whom.is_empty() => action.into_owned(),
                whom => format!("{action}: {whom}"),
            },
        };
        self.masked(&told)
    }

    fn whom(&self, header: &Header, bodies: &[Body], parts: u32) -> String {
        if let Some(tries) = part(bodies, "session").and_then(|facts| facts.get("tries")?.as_u64()) {
            return format!("{tries} {} without a known address", if tries == 1 { "try" } else { "tries" });
        }
        let rows: Vec<_> = bodies.iter().filter(|body| body.id.is_some()).collect();
        if rows.is_empty() {
            return part(bodies, "command").map(|command| self.named_in(&command)).unwrap_or_default();
        }
        if &*header.command == "found" {
            return part(bodies, "organization").map(|row| self.name(&row)).unwrap_or_default();
        }
        let credential = |kind: &str| matches!(kind, "passphrase" | "invitation_code" | "recovery_code");
        let only_credentials = rows.iter().all(|body| credential(&body.kind));
        let wanted = rows.iter().filter(|body| only_credentials || !credential(&body.kind));
        let mut names: Vec<_> = wanted.map(|body| self.row_name(body)).filter(|name| !name.is_empty()).collect();
        names.dedup();
        let left_out = names.len().saturating_sub(NAMED);
        let unread = usize::try_from(parts).unwrap_or(usize::MAX).saturating_sub(bodies.len());
        names.truncate(NAMED);
        listed(&names, left_out + unread)
    }

    fn row_name(&self, body: &Body) -> String {
        let said = read(body).map(|row| self.name(&row)).filter(|name| !name.is_empty());
        said.or_else(|| name_of(self.org(), &body.id?.to_string())).unwrap_or_else(|| body.kind.replace('_', " "))
    }

    fn name(&self, row: &Value) -> String {
        let name = text(row, "name").or_else(|| text(row, "address"));
        name.map(|name| Shown::new(name).to_string()).unwrap_or_default()
    }

    /// The names in a command that was refused: the one that it gives, else those of what it is about.
    fn named_in(&self, command: &Value) -> String {
        let fields = command.as_object().into_iter().flatten();
        let about = fields.filter(|(field, _)| !matches!(field.as_str(), "by" | "at" | "command" | "parent"));
        let mut names: Vec<_> = about
            .flat_map(|(_, value)| match value {
                Value::Array(items) => items.iter().collect(),
                other => vec![other],
            })
            .filter_map(|value| name_of(self.org(), value.as_str()?))
            .collect();
        let given = self.name(command);
        if names.is_empty() && !given.is_empty() {
            return given;
        }
        let left_out = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        listed(&names, left_out)
    }
}

fn listed(names: &[String], left_out: usize) -> String {
    let mut told = names.join(", ");
    if left_out > 0 {
        told.push_str(&format!(" and {left_out} more"));
    }
    told
}

fn part(bodies: &[Body], kind: &str) -> Option<Value> {
    bodies.iter().find(|body| &*body.kind == kind).and_then(read)
}

/// What a body says; none when the row is gone or it cannot be read.
pub fn read(body: &Body) -> Option<Value> {
    let value = serde_json::from_slice(body.bytes.as_deref()?).ok()?;
    Some(upgrade(&body.kind, body.version, value))
}

fn text<'v>(value: &'v Value, field: &str) -> Option<&'v str> {
    value.get(field)?.as_str()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use serde_json::json;
    use uuid::Uuid;

    use super::super::Addresses;
    use super::*;
    use crate::domain::id::EntryId;
    use crate::domain::org::Org;
    use crate::domain::user::Digest;
    use crate::ledger::entry::{Stamp, StampKind};

    fn header(command: &str, outcome: Outcome) -> Header {
        let zero = Digest([0; 32]);
        let (at, actor) = ("2026-03-02T09:00:00Z".parse().unwrap(), Stamp::of(StampKind::System));
        Header {
            seq: 1,
            at,
            id: EntryId::new(at, &[0; 10]),
            command: command.into(),
            outcome,
            actor,
            previous: zero,
            hash: zero,
        }
    }

    fn body(kind: &str, value: &Value) -> Body {
        let bytes = Some(value.to_string().into_bytes());
        let id = (!matches!(kind, "command" | "session" | "refusal")).then(|| Uuid::from_u128(7));
        Body { n: 0, kind: kind.into(), id, version: 1, salt: [0; 16], bytes, hash: Digest([0; 32]) }
    }

    fn told(command: &str, outcome: Outcome, bodies: &[Body], parts: u32, addresses: Addresses) -> String {
        Teller::new(&Org::default(), addresses).what(&header(command, outcome), bodies, parts)
    }

    #[test]
    fn names_are_said_a_few_and_how_many_more() {
        let role = |n: u32| body("role", &json!({ "name": format!("Role {n}") }));
        let bodies: Vec<_> = (0..6).map(role).collect();
        let said = told("edit_role", Outcome::Done, &bodies, 40, Addresses::Shown);
        assert_eq!(said, "Edit role: Role 0, Role 1, Role 2 and 37 more");
        let strangers = [body("session", &json!({ "tries": 3 }))];
        let said = told("sign_in", Outcome::Refused, &strangers, 1, Addresses::Shown);
        assert_eq!(said, "Sign in: 3 tries without a known address");
    }

    #[test]
    fn what_somebody_wrote_into_the_file_does_no_harm() {
        let hostile = "a\u{1b}[31m\u{202e}b";
        let role = [body("role", &json!({ "name": hostile }))];
        let request = [body("change_request", &json!({ "summary": hostile }))];
        let command = [body("command", &json!({ "name": hostile }))];
        for (outcome, bodies) in [(Outcome::Done, role), (Outcome::Requested, request), (Outcome::Refused, command)] {
            let said = told(hostile, outcome, &bodies, 1, Addresses::Shown);
            assert!(!said.contains(['\u{1b}', '\u{202e}']) && said.contains("<U+202E>"), "{said}");
        }
        let broken = [Body { bytes: Some(b"{".to_vec()), ..body("role", &json!({})) }];
        assert_eq!(told("edit_role", Outcome::Done, &broken, 1, Addresses::Shown), "Edit role: role");
    }

    #[test]
    fn addresses_are_hidden_from_whoever_may_not_see_them() {
        let bodies = [body("invitation", &json!({ "address": "ada@example.com", "name": null }))];
        assert_eq!(told("invite_users", Outcome::Done, &bodies, 1, Addresses::Shown), "Invite users: ada@example.com");
        let said = told("invite_users", Outcome::Done, &bodies, 1, Addresses::Hidden);
        assert_eq!(said, "Invite users: (hidden)");
        let asks =
            [body("change_request", &json!({ "summary": "invite ada@example.com, “bob@example.com” as Viewer" }))];
        let said = told("invite_users", Outcome::Requested, &asks, 1, Addresses::Hidden);
        assert_eq!(said, "Invite (hidden), “(hidden)” as Viewer");
    }
}
