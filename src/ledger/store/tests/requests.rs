//! Change requests and security settings survive the way to the disk and back, and older files are raised to them.
#![expect(clippy::unwrap_used, reason = "tests")]
use std::sync::Arc;

use uuid::Uuid;

use super::desk::*;
use crate::domain::access::Person;
use crate::domain::change_request::{ChangeRequest, Parked, RequestState, Told};
use crate::domain::effect::Line;
use crate::domain::id::{ChangeRequestId, RoleId};
use crate::domain::row::Row;
use crate::domain::security::{Area, Emergency, FourEyes, Rescue, Security};
use crate::domain::user::{Deactivated, Digest, UserStatus};
use crate::ledger::store::Store;

fn request(n: u128, state: RequestState) -> ChangeRequest {
    let open = state == RequestState::Pending;
    ChangeRequest {
        id: ChangeRequestId::from_uuid(Uuid::from_u128(n)),
        by: person(1),
        filed: now(),
        expires: now(),
        entry: 7,
        area: Area::UserManagement,
        command: "rename_role".into(),
        summary: "call “Reader” “Looker”".into(),
        told: Told {
            digest: Digest([9; 32]),
            lines: vec![Line {
                subject: "Role “Reader”".into(),
                field: "Name".into(),
                before: Some("Reader".into()),
                after: None,
            }],
            access: vec!["Anna gains nothing.".into()],
            more: 3,
        },
        state,
        parked: open.then(|| Parked { version: 1, json: serde_json::json!({ "name": "Looker", "n": [1, 2] }) }),
    }
}

fn person(n: u128) -> Person {
    Person { user: user_id(n), role: RoleId::from_uuid(Uuid::from_u128(n)) }
}

fn assert_read_back(store: &Store) {
    let again = Store::open(store.path()).unwrap();
    let difference = crate::domain::row::Difference::between(&store.org(), &again.org());
    assert!(difference.is_empty(), "{difference:?}");
    again.verify().unwrap();
}

#[test]
fn change_requests_of_every_state_are_kept() {
    let (_folder, _, mut store) = on_disk();
    let states = [
        RequestState::Pending,
        RequestState::Applied { by: person(2), at: now(), code_seen: true },
        RequestState::Applied { by: person(2), at: now(), code_seen: false },
        RequestState::Rejected { by: person(2), at: now(), reason: "Too much, 北京".parse().unwrap() },
        RequestState::Withdrawn { at: now() },
    ];
    change(&mut store, |org| {
        for (n, state) in (1..).zip(states.clone()) {
            org.put(Row::ChangeRequest(request(n, state)));
        }
    });
    assert_eq!(store.org().change_requests().len(), states.len());
    assert_eq!(store.org().open_requests().count(), 1);
    assert_read_back(&store);
    change(&mut store, |org| org.put(Row::ChangeRequest(request(1, RequestState::Withdrawn { at: now() }))));
    assert_eq!(store.org().open_requests().count(), 0);
    assert_read_back(&store);
}

#[test]
fn security_settings_are_kept_and_can_go_again() {
    let (_folder, _, mut store) = on_disk();
    let one = store.org().users().keys().next().copied().unwrap();
    let mut row = store.org().organization().unwrap().clone();
    row.security = Security {
        four_eyes: FourEyes { areas: [Area::Organization, Area::UserManagement].into(), begun: true },
        code_due: Some(one),
        emergencies: vec![
            Emergency { at: now(), rescue: Rescue::OwnerReset(one), claimed: one },
            Emergency { at: now(), rescue: Rescue::FourEyesOff, claimed: one },
        ],
    };
    change(&mut store, |org| org.put(Row::Organization(row.clone())));
    assert_read_back(&store);
    row.security = Security::default();
    change(&mut store, |org| org.put(Row::Organization(row)));
    assert!(store.org().security().is_initial());
    assert_read_back(&store);
}

#[test]
fn what_is_known_of_users_is_kept() {
    let (_folder, _, mut store) = on_disk();
    let one = store.org().users().values().next().map(Arc::clone).unwrap();
    change(&mut store, |org| {
        let mut first = one.as_ref().clone();
        first.apart = [user_id(77)].into();
        let mut other = user(77, "Anna Other", "anna+other@example.com");
        other.status = UserStatus::Deactivated;
        other.roles = first.roles.clone();
        other.apart = [first.id].into();
        other.deactivated = Some(Deactivated { by: first.id, at: now() });
        org.put(Row::User(first));
        org.put(Row::User(other));
    });
    assert_read_back(&store);
}
