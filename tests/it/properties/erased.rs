//! The past as it reads after people were blanked.
use rolodeck::domain::erasure::{Traces, frame};
use rolodeck::domain::org::Org;
use rolodeck::domain::row::Difference;
use rolodeck::ledger::store::Store;
use serde_json::Value;

/// By what those were known who were blanked in between.
pub fn between(before: &Org, after: &Org) -> Vec<Traces> {
    let difference = Difference::between(before, after);
    let users = difference.users().filter_map(|(old, new)| Some((old?, new?)));
    users.filter(|(old, new)| new.is_erased() && !old.is_erased()).map(|(old, _)| Traces::of(old)).collect()
}

/// An organization as it was, without them.
pub fn without(then: &Org, erased: &[Traces]) -> Org {
    let mut left = then.clone();
    for traces in erased {
        let rows = Difference::between(&Org::default(), &left).changes;
        let blanked: Vec<_> = rows.iter().filter_map(|change| traces.blanked(change.after.as_ref()?)).collect();
        blanked.into_iter().for_each(|row| left.put(row));
    }
    left
}

/// Fails unless blanking anybody changes only what the frame of a body leaves out, and it leaves out texts alone.
pub fn frames(store: &Store, org: &Org) {
    let everybody: Vec<_> = org.users().values().map(|user| Traces::of(user)).collect();
    for header in store.entries(0, u32::MAX).unwrap() {
        for body in store.bodies(header.seq).unwrap() {
            let Some(bytes) = &body.bytes else { continue };
            let value: Value = serde_json::from_slice(bytes).unwrap();
            let framed = frame(&body.kind, value.clone());
            for traces in &everybody {
                let mut left = value.clone();
                traces.blank(&body.kind, body.id, &mut left);
                assert_eq!(frame(&body.kind, left), framed, "{} {}", body.kind, traces.user());
            }
            if !["refusal", "session"].contains(&&*body.kind) {
                left_out(&value, &framed, &mut Vec::new());
            }
        }
    }
}

/// Looks at every leaf: whatever the frame leaves out is a name, an address, a sentence, or a digest of those.
fn left_out<'v>(value: &'v Value, framed: &Value, path: &mut Vec<&'v str>) {
    match (value, framed) {
        (Value::Object(fields), Value::Object(framed)) => {
            assert!(fields.keys().eq(framed.keys()));
            for ((name, field), framed) in fields.iter().zip(framed.values()) {
                path.push(name);
                left_out(field, framed, path);
                path.pop();
            }
        }
        (Value::Array(items), Value::Array(framed)) => {
            assert_eq!(items.len(), framed.len());
            items.iter().zip(framed).for_each(|(item, framed)| left_out(item, framed, path));
        }
        (Value::String(text), framed) if framed == "" => {
            let names =
                ["name", "address", "summary", "subject", "before", "after", "access", "reason", "digest", "shown"];
            let name = path.last().copied().unwrap_or_default();
            assert!(text.is_empty() || text.contains('@') || names.contains(&name), "{path:?}: {text}");
            let is_fact = uuid::Uuid::parse_str(text).is_ok() || text.parse::<jiff::Timestamp>().is_ok();
            assert!(!is_fact, "{path:?}: {text}");
        }
        (value, framed) => assert_eq!(value, framed, "{path:?}"),
    }
}
