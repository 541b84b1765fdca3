//! What an approver is shown, written down a second time: fields of rows as they are stored, and access place by place.
use std::collections::BTreeMap;

use rolodeck::domain::id::RoleId;
use rolodeck::domain::org::Org;
use rolodeck::domain::row::{Difference, Row};
use serde_json::Value;
use uuid::Uuid;

use crate::properties::model::{self, Access, Place};

/// One side of a field.
type Side = Option<Value>;

/// Fields that differ, and who gains and loses what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    fields: BTreeMap<(&'static str, Uuid, String), (Side, Side)>,
    access: BTreeMap<Uuid, (Access, Access)>,
}

/// Who deactivated somebody and when, and which message carried a code, come and go without a request.
const UNSHOWN: [&str; 3] = ["deactivated", "sent", "code_seen_by"];

/// What turns one organization into the other, requests and secrets aside.
pub fn shown(before: &Org, after: &Org) -> Shown {
    let mut shown = Shown::default();
    for change in Difference::between(before, after).changes {
        if matches!(change.row.kind.name(), "change_request" | "passphrase" | "invitation_code") {
            continue;
        }
        let (old, new) = (fields(change.before.as_ref()), fields(change.after.as_ref()));
        for field in old.keys().chain(new.keys()).filter(|field| old.get(*field) != new.get(*field)) {
            if UNSHOWN.contains(&field.as_str()) {
                continue;
            }
            let sides = (old.get(field).cloned(), new.get(field).cloned());
            shown.fields.insert((change.row.kind.name(), change.row.id, field.clone()), sides);
        }
    }
    let places = model::places(before, after);
    let (old, new) = (everybody(before, &places), everybody(after, &places));
    let nothing = Access::new();
    for id in old.keys().chain(new.keys()) {
        let (was, is) = (old.get(id).unwrap_or(&nothing), new.get(id).unwrap_or(&nothing));
        let sides = (model::gained(was, is), model::gained(is, was));
        if sides != Default::default() {
            shown.access.insert(*id, sides);
        }
    }
    shown
}

fn fields(row: Option<&Row>) -> BTreeMap<String, Value> {
    let mut fields = BTreeMap::new();
    if let Some(row) = row {
        leaves(String::new(), serde_json::from_slice(&row.to_json().unwrap()).unwrap(), &mut fields);
    }
    fields
}

fn leaves(name: String, value: Value, into: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(fields) if !UNSHOWN.contains(&name.as_str()) => {
            for (field, value) in fields {
                let name = if name.is_empty() { field } else { format!("{name}.{field}") };
                leaves(name, value, into);
            }
        }
        value => drop(into.insert(name, value)),
    }
}

/// What everybody can do who may sign in, or may sign up.
fn everybody(org: &Org, places: &[Place]) -> BTreeMap<Uuid, Access> {
    let users = org.users().keys().map(|id| (id.uuid(), model::of_user(org, *id, places)));
    let invited = |role: RoleId| model::of_role(org, org.role(role).unwrap(), places);
    let open = org.invitations().values().map(|open| {
        let mut access = Access::new();
        for (place, more) in open.roles.iter().flat_map(invited) {
            let sum = access.entry(place).or_default();
            *sum = more.union(*sum);
        }
        (open.id.uuid(), access)
    });
    users.chain(open).collect()
}
