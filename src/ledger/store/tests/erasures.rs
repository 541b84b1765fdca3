//! A person who was blanked is nowhere in the file, and the log still says everything else.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use std::fs;
use std::path::Path;

use serde_json::Value;
use uuid::Uuid;

use super::desk::*;
use crate::command::ErasePerson;
use crate::domain::access::Person;
use crate::domain::address::EmailAddress;
use crate::domain::erasure::Traces;
use crate::domain::id::{SessionId, UserId};
use crate::domain::name::PersonName;
use crate::domain::org::Org;
use crate::domain::row::{Difference, Row};
use crate::domain::user::{Invitation, User, UserStatus};
use crate::ledger::actor::{Actor, Session};
use crate::ledger::run::{Ran, run};
use crate::ledger::secrets::Secrets;
use crate::ledger::signin::tries_at;
use crate::ledger::store::{Finding, Inners, Store};

/// Ada erases somebody.
fn erase(store: &mut Store, user: UserId) -> Ran {
    let person = Person { user: user_id(1), role: role_id(1) };
    let session = Session::new(SessionId::from_uuid(Uuid::from_u128(77)), person, now());
    let command = ErasePerson { user, by: user_id(1), at: now() };
    run(store, &outside(), &Actor::Person(session), &command.into(), &Secrets::none()).unwrap()
}

#[track_caller]
fn erased(store: &mut Store, user: UserId) -> Difference {
    erase(store, user).done().unwrap()
}

fn put_user(store: &mut Store, n: u128, name: &str, address: &str, status: UserStatus) {
    let row = User { status, ..user(n, name, address) };
    change(store, |org| org.put(Row::User(row)));
}

/// Whether a text, in any case, is in any file beside the organization's.
fn holds(path: &Path, text: &str) -> bool {
    let wanted = text.to_lowercase();
    fs::read_dir(path.parent().unwrap()).unwrap().any(|file| {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        String::from_utf8_lossy(&bytes).to_lowercase().contains(&wanted)
    })
}

/// The organization after each entry, as the log tells it.
fn history(store: &Store) -> Vec<Org> {
    (1..=store.head().seq).map(|seq| store.fold(seq).unwrap()).collect()
}

/// The rows of an organization as JSON, with what stands for erased people in the place of names and addresses.
fn facts(org: &Org) -> Vec<Value> {
    let rows = Difference::between(&Org::default(), org).changes;
    rows.iter()
        .map(|change| serde_json::from_slice(&change.after.as_ref().unwrap().to_json().unwrap()).unwrap())
        .collect()
}

/// Fails unless the history is the same except for the name and the address of some rows.
#[track_caller]
fn assert_blanked(before: &[Org], after: &[Org], of: &[Uuid]) {
    for (seq, (before, after)) in before.iter().zip(after).enumerate() {
        let (before, after) = (facts(before), facts(after));
        assert_eq!(before.len(), after.len());
        for (mut before, mut after) in before.into_iter().zip(after) {
            if of.iter().any(|id| before["id"] == id.to_string()) {
                for row in [&mut before, &mut after] {
                    row["name"] = Value::Null;
                    row["address"] = Value::Null;
                }
            }
            assert_eq!(before, after, "entry {}", seq + 1);
        }
    }
}

#[test]
fn every_name_and_spelling_of_a_person_leaves_the_files() {
    for (names, addresses) in [
        (["Anna", "Anna Berg", "A. \"Ann\" Berg\\O'Hara"], ["anna@zq.example", "ANNA@Zq.Example", "anna@zq.example"]),
        (
            ["Zoë Ängström", "佐藤 美咲", "x.*[y]$^(z)|?+"],
            ["zoë@bücher.example", "ZOË@BÜCHER.example", "zoë@xn--bcher-kva.example"],
        ),
    ] {
        let (_folder, path, mut store) = on_disk();
        let invited = Invitation { name: Some(names[0].parse().unwrap()), ..invitation(1, addresses[1]) };
        change(&mut store, |org| org.put(Row::Invitation(invited)));
        change(&mut store, |org| org.remove(invitation_id(1).into()));
        put_user(&mut store, 2, names[1], addresses[0], UserStatus::Active);
        put_user(&mut store, 2, names[2], addresses[2], UserStatus::Active);
        put_user(&mut store, 3, "Hannah Bergman", "hannah@zq.example", UserStatus::Active);
        put_user(&mut store, 2, names[2], addresses[2], UserStatus::Removed);
        let before = history(&store);
        assert!(holds(&path, addresses[0]) && holds(&path, names[1]));
        let difference = erased(&mut store, user_id(2));
        let (_, left) = difference.users().next().unwrap();
        assert!(left.unwrap().is_erased());
        for text in addresses.iter().chain(&names[1..]) {
            assert!(!holds(&path, text), "{text}");
        }
        assert!(holds(&path, "Hannah Bergman") && holds(&path, "hannah@zq.example"));
        assert_blanked(&before, &history(&store), &[user_id(2).uuid(), invitation_id(1).uuid()]);
        assert_kept(&store);
        assert_eq!(erase(&mut store, user_id(2)).done().unwrap_err().code(), "nothing_changes");
    }
}

#[test]
fn two_people_in_one_body_stay_two() {
    let (_folder, path, mut store) = on_disk();
    change(&mut store, |org| {
        for (n, name, address) in [(2, "Bo Quill", "bo@zq.example"), (3, "Cy Quill", "cy@zq.example")] {
            org.put(Row::User(user(n, name, address)));
        }
    });
    change(&mut store, |org| {
        for n in [2, 3] {
            let user = org.user(user_id(n)).unwrap().clone();
            org.put(Row::User(User { status: UserStatus::Removed, ..user }));
        }
    });
    let before = history(&store);
    erased(&mut store, user_id(2));
    assert!(!holds(&path, "Bo Quill") && holds(&path, "Cy Quill"));
    erased(&mut store, user_id(3));
    assert!(!holds(&path, "Quill") && !holds(&path, "zq.example"));
    let org = store.fold(2).unwrap();
    let [bo, cy] = [2, 3].map(|n| org.user(user_id(n)).unwrap().clone());
    assert_eq!((&bo.name, &cy.name), (&PersonName::erased(), &PersonName::erased()));
    assert_ne!(bo.address, cy.address);
    assert_blanked(&before, &history(&store), &[user_id(2).uuid(), user_id(3).uuid()]);
    assert_kept(&store);
}

#[test]
fn somebody_who_came_twice_is_blanked_account_by_account() {
    let (_folder, path, mut store) = on_disk();
    for (n, name) in [(2, "Bo Quill"), (3, "Bo Quill-Anders")] {
        put_user(&mut store, n, name, "bo@zq.example", UserStatus::Active);
        put_user(&mut store, n, name, "bo@zq.example", UserStatus::Removed);
    }
    erased(&mut store, user_id(2));
    assert!(!holds(&path, "zq.example") && holds(&path, "Bo Quill-Anders"));
    let org = store.org();
    let other = org.user(user_id(3)).unwrap();
    assert_eq!((other.address.clone(), other.is_erased()), (EmailAddress::erased(user_id(2)), false));
    assert_kept(&store);
    erased(&mut store, user_id(3));
    assert!(!holds(&path, "Quill"));
    assert!(store.org().user(user_id(3)).unwrap().is_erased());
    assert_kept(&store);
}

#[test]
fn a_body_is_blanked_twice_and_says_what_fits_now() {
    let (_folder, _, mut store) = on_disk();
    let both = Invitation { name: Some("Cy Quill".parse().unwrap()), ..invitation(1, "bo@zq.example") };
    change(&mut store, |org| org.put(Row::Invitation(both)));
    change(&mut store, |org| org.remove(invitation_id(1).into()));
    for (n, address) in [(2, "bo@zq.example"), (3, "cy@zq.example")] {
        put_user(&mut store, n, "Quill", address, UserStatus::Active);
        put_user(&mut store, n, "Quill", address, UserStatus::Removed);
    }
    let first = store.bodies(2).unwrap();
    erased(&mut store, user_id(2));
    erased(&mut store, user_id(3));
    let told: Vec<Value> = store
        .bodies(store.head().seq)
        .unwrap()
        .iter()
        .filter(|body| &*body.kind == "redaction")
        .flat_map(|body| serde_json::from_slice::<Vec<Value>>(body.bytes.as_deref().unwrap()).unwrap())
        .collect();
    assert_eq!(told.len(), 2);
    for part in told {
        let (seq, n) = (part["seq"].as_u64().unwrap(), part["n"].as_u64().unwrap());
        let body = &store.bodies(seq).unwrap()[usize::try_from(n).unwrap()];
        assert_eq!(part["new"], body.fitting_hash().to_string());
        assert_ne!(part["old"], part["new"]);
        // What it said first, not what was left by the erasure before.
        let inner: crate::domain::user::Digest = serde_json::from_value(part["inner"].clone()).unwrap();
        assert_eq!(body.hash_around(&inner), body.hash);
        if seq == 2 {
            assert_eq!(inner, first[usize::try_from(n).unwrap()].inner());
        }
    }
    let mut inners = Inners::new();
    let parts = store.parts(2, &mut inners).unwrap();
    let left = parts[0].left.unwrap();
    assert_eq!((left.hash, left.inner), (parts[0].body.fitting_hash(), Some(first[0].inner())));
    let left = store.bodies(2).unwrap();
    assert_eq!(left[0].hash, first[0].hash);
    assert_ne!(left[0].salt, first[0].salt);
    assert_kept(&store);
}

#[test]
fn who_is_here_is_not_blanked() {
    let (_folder, _, mut store) = on_disk();
    let code = |store: &mut Store, n| erase(store, user_id(n)).done().unwrap_err().code();
    put_user(&mut store, 2, "Bo", "bo@example.com", UserStatus::Active);
    assert_eq!(code(&mut store, 9), "gone");
    assert_eq!(code(&mut store, 2), "not_removed");
    put_user(&mut store, 2, "Bo", "bo@example.com", UserStatus::Deactivated);
    assert_eq!(code(&mut store, 2), "not_removed");
    put_user(&mut store, 2, "Bo", "bo@example.com", UserStatus::Removed);
    change(&mut store, |org| org.put(Row::Invitation(invitation(1, "bo+again@example.com"))));
    assert_eq!(code(&mut store, 2), "still_here");
    change(&mut store, |org| org.remove(invitation_id(1).into()));
    put_user(&mut store, 3, "Bo", "BO@example.com", UserStatus::Deactivated);
    assert_eq!(code(&mut store, 2), "still_here");
    put_user(&mut store, 3, "Bo", "BO@example.com", UserStatus::Removed);
    erased(&mut store, user_id(2));
    assert_kept(&store);
}

#[test]
fn only_what_the_newest_entry_says_is_blanked() {
    let (_folder, path, mut store) = on_disk();
    put_user(&mut store, 2, "Bo", "bo@example.com", UserStatus::Removed);
    erased(&mut store, user_id(2));
    let seq = store.head().seq;
    let tool = stranger(&path);
    let tried = |sql: &str| tool.execute_batch(sql).unwrap_err().to_string();
    assert!(tried("UPDATE log_body SET bytes = x'7b7d' WHERE seq = 1 AND n = 0").contains("never changed"));
    assert!(
        tried(&format!("UPDATE log_body SET hash = zeroblob(32) WHERE seq = {}", seq - 1)).contains("never changed")
    );
    // The newest entry blanks this one, and nothing but salt and content of it.
    assert!(tried(&format!("UPDATE log_body SET kind = 'role' WHERE seq = {}", seq - 1)).contains("never changed"));
    assert!(tried("UPDATE redaction SET new = zeroblob(32)").contains("never changed"));
    assert!(tried("DELETE FROM redaction").contains("never shortened"));
    let late = format!("INSERT INTO redaction SELECT 1, 0, {}, old, new FROM redaction", seq - 1);
    assert!(tried(&late).contains("newest entry"));
    change(&mut store, |org| org.put(Row::Role(role(3, "Payer", simple()))));
    let error = tried(&format!("UPDATE log_body SET bytes = x'7b7d' WHERE seq = {}", seq - 1));
    assert!(error.contains("never changed"), "an older entry blanks nothing any more: {error}");
    assert_kept(&store);
}

#[test]
fn tries_to_sign_in_as_the_person_are_forgotten() {
    let (_folder, path, mut store) = on_disk();
    put_user(&mut store, 2, "Bo", "Bo@Example.com", UserStatus::Removed);
    let key = |address: &str| tries_at(Some(&address.parse::<EmailAddress>().unwrap().key()));
    store.count_try(&key("bo@example.com"), now()).unwrap();
    store.count_try(&key("ada@example.com"), now()).unwrap();
    erased(&mut store, user_id(2));
    let left: u32 = stranger(&path).query_row("SELECT count(*) FROM attempt", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 1);
    assert_eq!(store.count_try(&key("ada@example.com"), now()).unwrap(), 2);
}

#[test]
fn content_that_fits_neither_hash_is_found() {
    let (_folder, path, mut store) = on_disk();
    put_user(&mut store, 2, "Bo", "bo@example.com", UserStatus::Removed);
    erased(&mut store, user_id(2));
    let tool = stranger(&path);
    tool.execute_batch("UPDATE log_body SET salt = zeroblob(16) WHERE seq = 2").unwrap();
    assert!(matches!(store.verify(), Err(Finding::Edited { seq: 2, .. })));
}

#[test]
fn others_who_have_the_file_open_follow() {
    let (_folder, path, mut store) = on_disk();
    put_user(&mut store, 2, "Bo", "bo@example.com", UserStatus::Removed);
    let mut other = Store::open(&path).unwrap();
    let reader = Store::open_read_only(&path).unwrap();
    erased(&mut store, user_id(2));
    other.catch_up().unwrap();
    assert!(other.org().user(user_id(2)).unwrap().is_erased());
    put_user(&mut other, 3, "Cy", "cy@example.com", UserStatus::Active);
    store.catch_up().unwrap();
    assert_same(&store.org(), &other.org());
    assert_eq!(reader.verify().unwrap().head, store.head());
    assert_kept(&store);
}

/// Pages of the file that were split and joined again and again hold copies of rows that went elsewhere.
#[test]
fn nothing_is_left_between_the_rows_of_a_file_with_a_history() {
    let (_folder, path, mut store) = on_disk();
    let mut seed = 12_345_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let long = |letter: &str, length: u64| letter.repeat(usize::try_from(length).unwrap() + 1);
    let mut ids: Vec<u128> = Vec::new();
    for k in 0..1_500_u64 {
        ids.push(10 + u128::from(next(1_000_000)));
        let name = format!("Zq{k}w {}", long("y", next(60)));
        let address = format!("{}zq{k}w@quill{}.example", next(8), long("z", next(20)));
        put_user(&mut store, ids[ids.len() - 1], &name, &address, UserStatus::Active);
        if k % 5 == 0 {
            let renamed = usize::try_from(next(k + 1)).unwrap();
            let name = format!("Zq{renamed}w {}", long("v", next(70)));
            let row = store.org().user(user_id(ids[renamed])).unwrap().clone();
            change(&mut store, |org| org.put(Row::User(User { name: name.parse().unwrap(), ..row })));
        }
    }
    for k in [23, 414, 805, 1_104, 1_357] {
        let gone = store.org().user(user_id(ids[k])).unwrap().clone();
        change(&mut store, |org| org.put(Row::User(User { status: UserStatus::Removed, ..gone })));
        erased(&mut store, user_id(ids[k]));
        assert!(!store.unpacked && !store.unwiped);
        assert!(!holds(&path, &format!("zq{k}w")), "{k}");
    }
    assert_kept(&store);
}

/// The file cannot be written anew while somebody else writes; the next commit does it.
#[test]
fn a_reader_in_between_only_delays_the_wiping_of_a_person() {
    let (_folder, path, mut store) = on_disk();
    put_user(&mut store, 2, "Zebedee Quill", "zebedee@quill.example", UserStatus::Removed);
    let reader = stranger(&path);
    reader.execute_batch("BEGIN; SELECT * FROM user").unwrap();
    erased(&mut store, user_id(2));
    assert!(store.unwiped);
    reader.execute_batch("ROLLBACK").unwrap();
    change(&mut store, |org| org.put(Row::Role(role(3, "Payer", simple()))));
    assert!(!store.unwiped && !store.unpacked);
    assert!(!holds(&path, "Quill") && !holds(&path, "zebedee"));
}

#[test]
fn a_long_log_is_understood_only_where_the_person_stands() {
    let (_folder, _, mut store) = on_disk();
    put_user(&mut store, 2, "Zebedee Quill", "zebedee@quill.example", UserStatus::Active);
    change(&mut store, |org| {
        for n in 0..3_000 {
            org.put(Row::User(user(10 + n, "Lorem Ipsum", &format!("n{n}@example.com"))));
        }
    });
    put_user(&mut store, 2, "Zebedee Quill", "zebedee@quill.example", UserStatus::Removed);
    let traces = Traces::of(store.org().user(user_id(2)).unwrap());
    let bodies = store.bodies(3).unwrap();
    let looked =
        bodies.iter().filter(|body| traces.may_stand_in(std::str::from_utf8(body.bytes.as_deref().unwrap()).unwrap()));
    assert_eq!((bodies.len(), looked.count()), (3_000, 0));
    erased(&mut store, user_id(2));
    assert_kept(&store);
}
