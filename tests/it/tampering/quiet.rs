//! Examining a file leaves it, and everything beside it, as it is.
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rolodeck::ledger::store::{Finding, examine};

use super::Copy;
use crate::signin::house::{ADA, House};

/// Everything in the folder of a file.
fn folder(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Examines a file, and fails unless it says this many entries and nothing moved.
#[track_caller]
fn untouched(path: &Path, entries: u64) {
    let before = folder(path);
    let proof = examine(path, &[]).unwrap();
    assert_eq!(proof.head.seq, entries);
    let after = folder(path);
    assert!(before.keys().eq(after.keys()), "files came or went: {:?}", after.keys());
    assert!(before == after, "a file was changed");
}

#[test]
fn a_closed_file_is_left_as_it_is() {
    let copy = Copy::new();
    untouched(copy.path(), super::ENTRIES);
    // Also one whose folder cannot be written.
    use std::os::unix::fs::PermissionsExt;
    let home = copy.path().parent().unwrap();
    fs::set_permissions(home, fs::Permissions::from_mode(0o500)).unwrap();
    untouched(copy.path(), super::ENTRIES);
    fs::set_permissions(home, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn what_a_program_left_behind_is_read_and_left_as_it_is() {
    let mut house = House::on_disk();
    house.person(ADA);
    let entries = house.store.head().seq;
    // As after a power cut: the newest entries stand in the WAL alone.
    for kept in [&["", "-wal"][..], &["", "-wal", "-shm"]] {
        let copy = Copy::of(b"");
        for ending in kept {
            let of = |path: &Path| Path::new(&format!("{}{ending}", path.display())).to_path_buf();
            fs::copy(of(house.path()), of(copy.path())).unwrap();
        }
        assert!(folder(copy.path())["copy.db-wal"].len() > 1_000);
        untouched(copy.path(), entries);
    }
}

#[test]
fn somebody_who_has_the_file_open_is_not_disturbed() {
    let mut house = House::on_disk();
    let entries = house.store.head().seq;
    let files = |path: &Path| folder(path).into_keys().collect::<Vec<_>>();
    let before = files(house.path());
    assert_eq!(examine(house.path(), &[]).unwrap().head.seq, entries);
    assert_eq!(files(house.path()), before);
    house.person(ADA);
    assert_eq!(examine(house.path(), &[]).unwrap().head.seq, entries + 1);
}

#[test]
fn what_is_no_organization_is_said_so() {
    let found = |bytes: &[u8]| Copy::of(bytes).finding(&[]);
    for bytes in [&b""[..], b"dear diary", &[0x5a; 10_000]] {
        assert_eq!(found(bytes).word(), "damaged");
    }
    let nowhere = examine(Path::new("/nowhere/at/all.db"), &[]).unwrap_err();
    assert!(matches!(nowhere, Finding::Fault(_)), "{nowhere}");
    let whole = fs::read(Copy::new().path()).unwrap();
    for length in [100, 4_096, 8_192, whole.len() - 4_096] {
        assert_eq!(found(&whole[..length]).word(), "damaged", "{length}");
    }
}

#[test]
fn a_large_file_is_looked_through_by_two() {
    let copy = Copy::new();
    let mut forger = copy.forge();
    forger.append("sign_in", "session", Some(vec![b' '; 9_000_000]));
    let page: u32 = forger
        .raw
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'log_user'", [], |row| row.get(0))
        .unwrap();
    forger.done();
    untouched(copy.path(), super::ENTRIES + 1);
    // Nothing but SQLite's own look at the file finds this: the log itself is whole.
    use std::os::unix::fs::FileExt;
    let file = fs::OpenOptions::new().write(true).open(copy.path()).unwrap();
    file.write_all_at(&[0xA5; 64], u64::from(page) * 4_096 - 64).unwrap();
    drop(file);
    assert_eq!(copy.word(&[]), "damaged");
    // What is edited is found as well.
    let copy = Copy::new();
    let mut forger = copy.forge();
    forger.append("sign_in", "session", Some(vec![b' '; 9_000_000]));
    forger.sql("UPDATE log SET command = 'harmless' WHERE seq = 5");
    forger.done();
    assert_eq!(copy.word(&[]), "edited");
}
