//! JSON Lines: one entry a line, with everything that its hash was made of.
//!
//! The chain can be computed again from the lines alone. A *field* is its length in eight bytes, the highest first, and
//! then its bytes; an *optional* field is one field of the byte 0 when there is nothing, else one of the byte 1 and one
//! with what there is. Ids count as their sixteen bytes, hashes as their thirty-two, both written in hexadecimal.
//!
//! - The hash of a body is SHA-256 of the fields `rolodeck body 2` and `kind`, optional `id`, and the fields `version`
//!   (two bytes), *frame* and *inner*. Inner is SHA-256 of the fields `rolodeck body 2 inner` and `salt` and optional
//!   `bytes`. Frame is SHA-256 of the field `rolodeck body 2 frame` and an optional text: what is left of `bytes` when
//!   every text that blanking may touch is empty, written as Python's
//!   `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)` does. Which texts those are depends on
//!   `kind`:
//!   - `user`, `invitation`: `name` and `address`;
//!   - `change_request`: `told.digest`, `state.reason`, every text in `summary` and `told.access`, every text in
//!     `subject`, `before` and `after` of `told.lines`, and `parked.json` as in a command;
//!   - `command`: wherever it stands, every text in a `name`, what a `reason` or `shown` says, and every other text with
//!     an `@`;
//!   - `organization`, `entity`, `account`, `role`, `redaction` and the kinds of credentials (`passphrase`,
//!     `invitation_code`, `recovery_code`): none, and the text is `bytes` as they are;
//!   - all others (`refusal`, `session`): every text that is not the name of a field.
//! - A body of `version` 1 has the hash of the fields `rolodeck body 1` and `kind`, optional `id`, the fields `version`
//!   and `salt`, and optional `bytes`.
//! - The hash of an entry is SHA-256 of the fields `rolodeck entry 1`, `seq` (eight bytes), `at`, `id`, `command`,
//!   `outcome` and the actor's `kind`, optional `user`, `role` and `session` of the actor, the field `previous`, of each
//!   body in the order of `n` the fields `version` (not where it is 1) and `hash`, and the number of bodies (eight bytes).
//! - `previous` is the hash of the entry before, and 32 zero bytes for the first.
//!
//! A body with `hidden` holds addresses that the reader may not see: its bytes and its salt are left out, its hash still
//! counts. In a body with `redacted` a person was blanked later: `hash` is that of what it said and still counts;
//! `redacted` is the one that fits what it says now. Its `inner` is that of what it said first: with the frame of what it
//! says now it makes `hash`, which proves that nothing but those texts was changed. A body of version 1 has no `inner`.
use std::io::Write;

use serde_json::{Map, Value, json};

use super::canonical::canonical;
use super::sealed::{Hex, text_of};
use super::trail::{ExportError, Trail};
use crate::ledger::entry::Part;
use crate::ledger::telling::Teller;

/// Writes the entries.
pub(super) fn write(trail: &dyn Trail, teller: &Teller<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    trail.each(&mut |header| {
        let parts = trail.parts(header)?;
        let story = trail.story(header, &parts)?;
        let mut line = teller.json(header, &story);
        let bodies: Result<Value, ExportError> = parts.iter().map(|part| body(teller, part)).collect();
        if let Value::Object(fields) = &mut line {
            fields.insert("bodies".into(), bodies?);
        }
        writeln!(out, "{}", canonical(&line))?;
        Ok(())
    })
}

fn body(teller: &Teller<'_>, part: &Part) -> Result<Value, ExportError> {
    let body = &part.body;
    let text = text_of(body)?;
    let said = json!({ "n": body.n, "kind": body.kind, "id": body.id, "version": body.version, "hash": body.hash });
    let mut fields = match said {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    if let Some(left) = part.left {
        fields.insert("redacted".into(), json!(left.hash));
    }
    if text.is_some_and(|text| teller.hides(text)) {
        fields.insert("hidden".into(), json!(true));
    } else {
        // Without the salt nobody can try addresses against the hash.
        fields.insert("salt".into(), json!(Hex(&body.salt).to_string()));
        fields.insert("bytes".into(), json!(text));
        if let Some(inner) = part.left.and_then(|left| left.inner) {
            fields.insert("inner".into(), json!(inner));
        }
    }
    Ok(Value::Object(fields))
}
