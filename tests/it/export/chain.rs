//! JSON Lines: the same bytes every time, and a chain that can be checked from them alone.
use rolodeck::command::{ErasePerson, ExportFormat, RemoveUser};
use rolodeck::domain::moment::Period;
use rolodeck::ledger::export::canonical;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::trail::{AUDITOR, EVERYTHING, OWNER, Office, STRANGER};

/// The chain as the documentation of the format tells it, written without a look at the program's own.
struct Checked {
    /// Bodies whose bytes were there.
    read: usize,
    /// Bodies of which only the hash was there.
    hidden: usize,
    lines: usize,
}

/// The bytes of an id or a hash.
fn bytes(hex: &Value) -> Vec<u8> {
    let hex: String = hex.as_str().unwrap().chars().filter(|c| *c != '-').collect();
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn field(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

fn optional(hash: &mut Sha256, bytes: Option<Vec<u8>>) {
    match bytes {
        Some(bytes) => {
            field(hash, &[1]);
            field(hash, &bytes);
        }
        None => field(hash, &[0]),
    }
}

fn some(value: &Value) -> Option<&Value> {
    Some(value).filter(|value| !value.is_null())
}

/// Empties a text, or every text in something.
fn empty(value: Option<&mut Value>) {
    match value {
        Some(Value::String(text)) => text.clear(),
        Some(Value::Array(items)) => items.iter_mut().for_each(|item| empty(Some(item))),
        Some(Value::Object(fields)) => fields.values_mut().for_each(|field| empty(Some(field))),
        _ => {}
    }
}

fn empty_command(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('@') => text.clear(),
        Value::Array(items) => items.iter_mut().for_each(empty_command),
        Value::Object(fields) => fields.iter_mut().for_each(|(name, field)| match name.as_str() {
            "name" => empty(Some(field)),
            "reason" | "shown" if field.is_string() => empty(Some(field)),
            _ => empty_command(field),
        }),
        _ => {}
    }
}

fn frame(kind: &str, text: &str) -> String {
    let mut value: Value = serde_json::from_str(text).unwrap();
    match kind {
        "user" | "invitation" => ["name", "address"].iter().for_each(|name| empty(value.get_mut(*name))),
        "command" => empty_command(&mut value),
        "change_request" => {
            empty(value.get_mut("summary"));
            for place in ["/told/digest", "/state/reason", "/told/access"] {
                empty(value.pointer_mut(place));
            }
            for line in value["told"]["lines"].as_array_mut().unwrap() {
                ["subject", "before", "after"].iter().for_each(|name| empty(line.get_mut(*name)));
            }
            value.pointer_mut("/parked/json").into_iter().for_each(empty_command);
        }
        "refusal" | "session" => empty(Some(&mut value)),
        _ => return text.to_owned(),
    }
    value.to_string()
}

fn inner_hash(body: &Value) -> Vec<u8> {
    let mut hash = Sha256::new();
    field(&mut hash, b"rolodeck body 2 inner");
    field(&mut hash, &bytes(&body["salt"]));
    optional(&mut hash, some(&body["bytes"]).map(|text| text.as_str().unwrap().as_bytes().to_vec()));
    hash.finalize().to_vec()
}

fn body_hash(body: &Value, inner: &[u8]) -> Vec<u8> {
    let (mut hash, mut framed, kind) = (Sha256::new(), Sha256::new(), body["kind"].as_str().unwrap());
    field(&mut framed, b"rolodeck body 2 frame");
    optional(&mut framed, some(&body["bytes"]).map(|text| frame(kind, text.as_str().unwrap()).into_bytes()));
    field(&mut hash, b"rolodeck body 2");
    field(&mut hash, kind.as_bytes());
    optional(&mut hash, some(&body["id"]).map(bytes));
    field(&mut hash, &u16::try_from(body["version"].as_u64().unwrap()).unwrap().to_be_bytes());
    field(&mut hash, &framed.finalize());
    field(&mut hash, inner);
    hash.finalize().to_vec()
}

/// Whether a body is what was appended, or what blanking may leave of it.
fn body_fits(body: &Value) -> bool {
    if body["version"] == 1 {
        let fitting = body.get("redacted").unwrap_or(&body["hash"]);
        return first_body_hash(body) == bytes(fitting);
    }
    let now = body_hash(body, &inner_hash(body));
    match body.get("redacted") {
        None => now == bytes(&body["hash"]),
        Some(fitting) => now == bytes(fitting) && body_hash(body, &bytes(&body["inner"])) == bytes(&body["hash"]),
    }
}

fn first_body_hash(body: &Value) -> Vec<u8> {
    let mut hash = Sha256::new();
    field(&mut hash, b"rolodeck body 1");
    field(&mut hash, body["kind"].as_str().unwrap().as_bytes());
    optional(&mut hash, some(&body["id"]).map(bytes));
    field(&mut hash, &u16::try_from(body["version"].as_u64().unwrap()).unwrap().to_be_bytes());
    field(&mut hash, &bytes(&body["salt"]));
    optional(&mut hash, some(&body["bytes"]).map(|text| text.as_str().unwrap().as_bytes().to_vec()));
    hash.finalize().to_vec()
}

fn entry_hash(entry: &Value) -> Vec<u8> {
    let mut hash = Sha256::new();
    let actor = &entry["actor"];
    field(&mut hash, b"rolodeck entry 1");
    field(&mut hash, &entry["seq"].as_u64().unwrap().to_be_bytes());
    field(&mut hash, entry["at"].as_str().unwrap().as_bytes());
    field(&mut hash, &bytes(&entry["id"]));
    for text in [&entry["command"], &entry["outcome"], &actor["kind"]] {
        field(&mut hash, text.as_str().unwrap().as_bytes());
    }
    for id in ["user", "role", "session"] {
        optional(&mut hash, some(&actor[id]).map(bytes));
    }
    field(&mut hash, &bytes(&entry["previous"]));
    let bodies = entry["bodies"].as_array().unwrap();
    for body in bodies {
        if body["version"] != 1 {
            field(&mut hash, &u16::try_from(body["version"].as_u64().unwrap()).unwrap().to_be_bytes());
        }
        field(&mut hash, &bytes(&body["hash"]));
    }
    field(&mut hash, &(bodies.len() as u64).to_be_bytes());
    hash.finalize().to_vec()
}

/// Computes every hash again. An error names the first line that does not fit.
fn check(text: &str) -> Result<Checked, usize> {
    let mut checked = Checked { read: 0, hidden: 0, lines: 0 };
    let mut previous: Option<(u64, Vec<u8>)> = None;
    for line in text.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        let seq = entry["seq"].as_u64().unwrap();
        let (before, hash) = previous.unwrap_or_else(|| (seq - 1, bytes(&entry["previous"])));
        let mut fits = seq == before + 1 && hash == bytes(&entry["previous"]);
        for (n, body) in entry["bodies"].as_array().unwrap().iter().enumerate() {
            fits &= body["n"] == n;
            if body["hidden"] == true {
                assert!(["bytes", "salt", "inner"].iter().all(|name| body.get(*name).is_none()));
                checked.hidden += 1;
            } else {
                fits &= body_fits(body);
                checked.read += 1;
            }
        }
        fits &= entry_hash(&entry) == bytes(&entry["hash"]);
        checked.lines += 1;
        if !fits {
            return Err(checked.lines);
        }
        previous = Some((seq, bytes(&entry["hash"])));
    }
    Ok(checked)
}

#[test]
fn the_chain_can_be_computed_from_the_file_alone() {
    let mut office = Office::busy();
    let auditor = office.sign_in(AUDITOR);
    let head = office.store.head();
    let text = office.export(&auditor, ExportFormat::JsonLines, EVERYTHING);
    let checked = check(&text).unwrap();
    assert_eq!((checked.lines as u64, checked.hidden), (head.seq, 0));
    assert!(checked.read > 60, "only {} bodies were checked", checked.read);
    let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["hash"], head.hash.to_string());
    for (line, was, is) in [(3, "Reader", "Raider"), (5, "done", "gone"), (2, "T", "U")] {
        let forged: Vec<_> = text
            .lines()
            .enumerate()
            .map(|(n, text)| if n == line { text.replacen(was, is, 1) } else { text.to_owned() })
            .collect();
        if forged.join("\n") != text.trim_end() {
            assert_eq!(check(&forged.join("\n")).err(), Some(line + 1), "{was}");
        }
    }
    let without: Vec<_> = text.lines().enumerate().filter(|(n, _)| *n != 4).map(|(_, line)| line).collect();
    assert_eq!(check(&without.join("\n")).err(), Some(5));
}

#[test]
fn two_exports_of_the_same_entries_are_the_same_bytes() {
    let mut office = Office::busy();
    let auditor = office.sign_in(AUDITOR);
    let now = office.weather.outside().now();
    office.wait(1);
    let period = Period { before: Some(now + jiff::SignedDuration::from_secs(1)), ..EVERYTHING };
    let first = office.export(&auditor, ExportFormat::JsonLines, period);
    let ingrid = office.sign_in(OWNER);
    let role = office.store.org().active_roles().find(|role| role.name.as_str() == "=Reader").unwrap().id;
    office.run(&ingrid, rolodeck::command::RenameRole { role, name: "Renamed since".parse().unwrap() });
    assert_eq!(office.export(&auditor, ExportFormat::JsonLines, period), first);
    for line in first.lines() {
        assert_eq!(canonical(&serde_json::from_str(line).unwrap()), line);
    }
    assert!(first.bytes().all(|byte| byte == b'\n' || (b' '..=b'~').contains(&byte)));
}

#[test]
fn hidden_addresses_leave_a_chain_that_still_fits() {
    let mut office = Office::with_a_stranger();
    let (ingrid, stranger) = (office.sign_in(OWNER), office.sign_in(STRANGER));
    let role = office.create_role(&ingrid, "Reader");
    office.invite(&ingrid, role, "nora@elsewhere.example.org");
    let text = office.export(&stranger, ExportFormat::JsonLines, EVERYTHING);
    assert!(!text.contains('@'), "an address is in it");
    let checked = check(&text).unwrap();
    assert!(checked.hidden > 15 && checked.read > 30, "{} {}", checked.hidden, checked.read);
    let open = office.export(&ingrid, ExportFormat::JsonLines, EVERYTHING);
    assert!(open.contains("nora@elsewhere.example.org"));
}

#[test]
fn what_was_blanked_is_shown_to_be_nothing_but_texts() {
    let mut office = Office::quiet();
    let ingrid = office.sign_in(OWNER);
    let (by, user) = {
        let org = office.store.org();
        let user = org.users().values().find(|user| user.name.as_str() == "Oisín Ó Briain").unwrap();
        (ingrid.person().user, user.id)
    };
    office.done(&ingrid, RemoveUser { user });
    let at = office.weather.outside().now();
    office.done(&ingrid, ErasePerson { user, by, at });
    let auditor = office.sign_in(AUDITOR);
    let text = office.export(&auditor, ExportFormat::JsonLines, EVERYTHING);
    assert!(text.contains("erased.invalid") && !text.contains("Briain"));
    check(&text).unwrap();
    let mut redacted = 0;
    for (n, line) in text.lines().enumerate() {
        let entry: Value = serde_json::from_str(line).unwrap();
        for (m, body) in entry["bodies"].as_array().unwrap().iter().enumerate() {
            assert_eq!(body.get("inner").is_some(), body.get("redacted").is_some());
            if body.get("redacted").is_none() || body["kind"] != "user" {
                continue;
            }
            redacted += 1;
            // Whoever changes what it says, and computes what fits that, does not have the hash.
            let mut forged = entry.clone();
            let changed = &mut forged["bodies"][m];
            changed["bytes"] = body["bytes"].as_str().unwrap().replace("\"status\":\"", "\"status\":\"un").into();
            let fitting: String =
                body_hash(changed, &inner_hash(changed)).iter().map(|byte| format!("{byte:02x}")).collect();
            changed["redacted"] = fitting.into();
            let lines: Vec<_> = text.lines().map(str::to_owned).collect();
            let with: Vec<_> = lines
                .iter()
                .enumerate()
                .map(|(k, line)| if k == n { canonical(&forged) } else { line.clone() })
                .collect();
            assert_eq!(check(&with.join("\n")).err(), Some(n + 1));
        }
    }
    assert!(redacted > 1, "only {redacted} rows of people were blanked");
}
