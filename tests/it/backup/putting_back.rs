//! Putting a backup back.
use std::path::{Path, PathBuf};

use rolodeck::domain::row::Difference;
use rolodeck::ledger::entry::StampKind;
use rolodeck::ledger::restore::Candidate;
use rolodeck::ledger::store::{Head, Store};
use serde_json::Value;

use super::office::{Writer, contents, names, with_little_room};
use crate::cli::shell::{Home, Said};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A sample in a home, a backup of it, and three entries more.
fn moved_on() -> (Home, PathBuf, PathBuf) {
    let home = Home::new();
    let path = home.sample("look");
    let mut writer = Writer::at(&path, "Writer");
    let file = home.path().join("backup.db");
    home.run(&["backup", text(&file)]).done();
    (0..3).for_each(|_| writer.write());
    (home, path, file)
}

fn opened(path: &Path) -> Store {
    let store = Store::open(path).unwrap();
    store.verify().unwrap();
    store
}

fn newest(store: &Store) -> Head {
    store.head()
}

/// Whether two files hold the same organization; the first one's log goes as far as the second's.
#[track_caller]
fn assert_same(one: &Path, other: &Path) {
    let (one, other) = (opened(one), opened(other));
    assert!(Difference::between(&one.org(), &other.org()).is_empty());
    assert_eq!(one.head(), other.head());
}

#[test]
fn what_was_newer_is_named_and_what_was_replaced_is_kept() {
    let (home, path, file) = moved_on();
    let before = std::fs::read(&file).unwrap();
    let (old, backup) = (newest(&opened(&path)), newest(&Store::open_read_only(&file).unwrap()));
    let copy = home.path().join("as it was.db");
    home.run(&["backup", text(&copy)]).done();
    let said = home.run(&["restore", text(&file), "--yes"]).done();
    let kept = home.data().join("look.db.before-restore-1");
    let restored = opened(&path);
    let head = restored.head();
    for words in [
        format!("from {} to {}\n", file.display(), path.display()),
        format!("the backup      entry {}, {}, {}\n", backup.seq, backup.at, backup.hash),
        format!("replaced        entry {}, {}, {}\n", old.seq, old.at, old.hash),
        format!("newer there     3 entries: {} (", backup.seq + 1),
        format!(") to {} ({}), which the backup does not have\n", old.seq, old.at),
        format!("kept as         {}\n", kept.display()),
        format!("noted as        entry {}, {}, {}\n", backup.seq + 1, head.at, head.hash),
    ] {
        assert!(said.contains(&words), "“{words}” is not in: {said}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before, "the backup was changed");
    assert_same(&kept, &copy);
    let then = Store::open_read_only(&file).unwrap();
    assert!(Difference::between(&restored.org(), &then.org()).is_empty());
    let entry = restored.entries(backup.seq, 1).unwrap().remove(0);
    assert_eq!((entry.command.as_ref(), entry.actor.kind), ("note_restore", StampKind::System));
    assert_eq!(entry.previous, backup.hash);
    drop((restored, then));

    let log = home.run(&["log", "--json"]).done();
    let entry: Value = log.lines().map(|line| serde_json::from_str(line).unwrap()).nth(backup.seq as usize).unwrap();
    assert_eq!(entry["request"]["replaced"]["seq"], old.seq);
    assert_eq!(entry["request"]["replaced"]["hash"], old.hash.to_string());
    assert_eq!(entry["request"]["backup"]["seq"], backup.seq);
    assert_eq!(entry["request"]["shared"], backup.seq);
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(names(&home.data()).iter().all(|name| !name.contains("unfinished")));
}

#[test]
fn what_was_replaced_can_be_put_back_in_turn_and_where_the_two_part_is_said() {
    let (home, path, file) = moved_on();
    let backup = newest(&Store::open_read_only(&file).unwrap());
    home.run(&["restore", text(&file), "--yes"]).done();
    let mut writer = Writer::at(&path, "Another");
    writer.write();
    let there = newest(&writer.store);
    drop(writer);
    let kept = home.data().join("look.db.before-restore-1");
    let said = home.run(&["restore", text(&kept), "--yes"]).done();
    let own = there.seq - backup.seq;
    assert!(said.contains(&format!("newer there     {own} entries: {} (", backup.seq + 1)), "{said}");
    let parting = format!("they part       from entry {} on; only the backup has 3 entries: ", backup.seq + 1);
    assert!(said.contains(&parting), "{said}");
    assert_eq!(opened(&path).head().seq, backup.seq + 4);
    assert_eq!(newest(&opened(&home.data().join("look.db.before-restore-2"))), there);

    // Once more, with nothing newer on either side.
    let now = home.path().join("now.db");
    home.run(&["backup", text(&now)]).done();
    let said = home.run(&["restore", text(&now), "--yes"]).done();
    assert!(said.contains("newer there     nothing\n") && !said.contains("they part"), "{said}");
}

#[test]
fn somebody_who_is_asked_types_the_name_or_nothing_happens() {
    let (home, path, file) = moved_on();
    let org = opened(&path).org();
    let name = org.organization().unwrap().name.to_string();
    let before = contents(&home.data());
    for (typed, words) in [
        (&["yes"][..], "That is not the organization's name; nothing was restored."),
        (&[""], "That is not the organization's name; nothing was restored."),
        (&[], "there is nobody to ask"),
    ] {
        let said = home.run_typing(&["restore", text(&file)], typed);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{}", said.err);
        assert!(said.err.contains(words) && said.err.contains("newer there     3 entries: "), "{}", said.err);
        assert_eq!(contents(&home.data()), before);
    }
    let said = home.run_typing(&["restore", text(&file)], &[&name]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains(&format!("This puts back a backup of {name}, from")), "{}", said.err);
    for user in org.users().values() {
        let told = format!("{}{}", said.out, said.err);
        assert!(!told.contains(user.name.as_str()) && !told.contains(user.address.as_str()), "{told}");
    }
}

#[test]
fn where_nothing_is_it_gets_a_file_of_its_own() {
    let (home, path, file) = moved_on();
    for (arguments, place) in [
        (&["--org", "again"][..], home.data().join("again.db")),
        (&["--db", text(&home.path().join("deep/down/it.db"))], home.path().join("deep/down/it.db")),
    ] {
        let said = home.run(&[&["restore", text(&file), "--yes"], arguments].concat()).done();
        assert!(said.contains(&format!("to {}\n", place.display())), "{said}");
        assert!(said.contains("replaced        nothing that could be read\n") && !said.contains("kept as"), "{said}");
        let backup = newest(&Store::open_read_only(&file).unwrap());
        assert_eq!(opened(&place).head().seq, backup.seq + 1);
        assert_eq!(names(place.parent().unwrap()).iter().filter(|name| name.contains("unfinished")).count(), 0);
    }
    // Another machine, on which nothing was ever set up.
    let other = Home::new();
    other.run(&["restore", text(&file), "--yes"]).done();
    let name = opened(&path).org().organization().unwrap().name.to_string();
    let found: Vec<_> = names(&other.data()).into_iter().filter(|name| name.ends_with(".db")).collect();
    assert_eq!(found.len(), 1, "{name}: {found:?}");
    other.run(&["log"]).done();
}

#[test]
fn a_file_that_cannot_be_read_is_moved_aside_with_all_of_it() {
    for log_alone in [false, true] {
        let (home, path, file) = moved_on();
        let mut bytes = std::fs::read(&path).unwrap();
        if log_alone {
            // It opens, and cannot be copied.
            let raw = rusqlite::Connection::open(&path).unwrap();
            let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'log_body'";
            let page: u32 = raw.query_row(sql, [], |row| row.get(0)).unwrap();
            let page = page as usize;
            bytes[(page - 1) * 4096..page * 4096].fill(0xA5);
        } else {
            bytes[4096..].fill(0xA5);
        }
        std::fs::write(&path, &bytes).unwrap();
        std::fs::write(home.data().join("look.db-wal"), if log_alone { "" } else { "of the old one" }).unwrap();
        let said = home.run(&["restore", text(&file), "--yes"]).done();
        let kept = home.data().join("look.db.before-restore-1");
        assert!(said.contains(&format!("kept as         {}\n", kept.display())), "{said}");
        assert_eq!(std::fs::read(&kept).unwrap().len(), bytes.len());
        assert_eq!(&std::fs::read(&kept).unwrap()[4096..], &bytes[4096..]);
        let backup = newest(&Store::open_read_only(&file).unwrap());
        assert_eq!(opened(&path).head().seq, backup.seq + 1);
        let log = home.run(&["log", "--json"]).done();
        assert!(log.contains("\"command\":\"note_restore\"") && log.contains("\"replaced\":null"), "{log}");
    }
}

/// Fails unless this file is refused with these words and nothing changes.
#[track_caller]
fn refused(home: &Home, file: &Path, code: i32, words: &str) {
    let before = (contents(&home.data()), contents(home.path()));
    let said: Said = home.run(&["restore", text(file), "--yes"]);
    said.failed(code, words);
    assert_eq!((contents(&home.data()), contents(home.path())), before, "something was changed");
}

#[test]
fn every_wrong_file_is_refused_and_nothing_changes() {
    let (home, path, file) = moved_on();
    drop(opened(&path));
    let whole = std::fs::read(&file).unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    refused(&home, &put("empty.db", b""), 2, "is damaged: it is empty");
    refused(&home, &put("diary.txt", b"dear diary"), 2, "is not a rolodeck organization");
    refused(&home, &put("noise.db", &[0x5a; 60_000]), 2, "noise.db is not a rolodeck organization");
    refused(&home, Path::new("/dev/null"), 2, "is not an ordinary file");
    refused(&home, &home.data(), 2, "it is a folder");
    refused(&home, &home.path().join("nothing.db"), 2, "nothing.db cannot be opened");
    for part in [100, 4096, whole.len() / 2, whole.len() - 4096] {
        refused(&home, &put("cut.db", &whole[..part]), 2, "cut.db is ");
    }
    let raw = |name: &str, sql: &str| {
        let path = put(name, &whole);
        rusqlite::Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        path
    };
    refused(&home, &raw("newer.db", "PRAGMA user_version = 99"), 2, "was written by a newer version");
    refused(&home, &raw("planted.db", "CREATE VIEW more AS SELECT 1"), 2, "planted.db is damaged: the view");
    let edited = raw("edited.db", "UPDATE role SET name = 'Planted' WHERE name = 'Payment initiator'");
    refused(&home, &edited, 1, "edited.db does not hold together, and nothing was restored: the role");
    let recipe = home.path().join("recipe.db");
    rusqlite::Connection::open(&recipe).unwrap().execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    refused(&home, &recipe, 2, "it is the database of another program");

    let real = crate::cli::real();
    let theirs = real.path().join("real-backup.db");
    real.run(&["backup", text(&theirs)]).done();
    let other_place = "Give it a place of its own: --org with a name that is not in use yet";
    refused(&home, &theirs, 1, "neither ever takes the other's place");
    refused(&home, &theirs, 1, other_place);
    refused(&real, &file, 1, "holds a sample");
    // The same company, founded twice, is two organizations.
    let twin = Home::new();
    twin.sample("twin");
    refused(&twin, &file, 1, "holds another organization");
    refused(&twin, &file, 1, other_place);
}

#[test]
fn whatever_comes_in_the_way_of_the_file_that_is_there_is_no_reason_to_replace_it() {
    let (home, path, file) = moved_on();
    let notes = home.path().join("notes.db");
    std::fs::write(&notes, "dear diary").unwrap();
    let before = (contents(&home.data()), contents(home.path()));
    home.run(&["restore", text(&file), "--yes", "--db", text(&notes)]).failed(2, "is not a rolodeck organization");
    assert_eq!((contents(&home.data()), contents(home.path())), before);
    let holder = rusqlite::Connection::open(&path).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE; UPDATE stranger SET tries = 3").unwrap();
    home.run(&["restore", text(&file), "--yes"]).failed(2, "look.db is in use by another program");
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(names(&home.data()).iter().all(|name| !name.contains("before-restore") && !name.contains("unfinished")));
}

#[test]
fn a_flipped_byte_is_refused_or_changes_nothing() {
    let (home, _, file) = moved_on();
    let whole = std::fs::read(&file).unwrap();
    let then = Store::open_read_only(&file).unwrap();
    let flipped = home.path().join("flipped.db");
    let (mut found, mut harmless) = (0, 0);
    // An odd step, so that it meets every part of a page.
    for place in (0..whole.len()).step_by(4096 / 3 + 2) {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        std::fs::write(&flipped, bytes).unwrap();
        match Candidate::read(&flipped, &home.data().join("new.db")) {
            Err(_) => found += 1,
            Ok(candidate) => {
                assert_eq!(candidate.head(), then.head(), "byte {place}");
                assert!(Difference::between(&candidate.org(), &then.org()).is_empty(), "byte {place}");
                harmless += 1;
            }
        }
    }
    println!("{found} flips were refused, {harmless} changed nothing");
    assert!(found > 20, "only {found}; {harmless} harmless");
}

#[test]
fn a_full_disk_at_any_step_leaves_what_was_there() {
    let (home, path, file) = moved_on();
    let before = newest(&opened(&path));
    let (size, backup) = (path.metadata().unwrap().len(), file.metadata().unwrap().len());
    // While reading the backup, while keeping what is there, and while replacing it, which needs a little more.
    let rooms = [backup / 2, backup, size.max(backup) + 1024];
    for (n, room) in rooms.into_iter().enumerate() {
        let said = with_little_room(&home, room, &["restore", text(&file), "--yes"]);
        assert!(said.contains(" cannot be "), "room {n}: {said}");
        assert_eq!(newest(&opened(&path)), before, "room {n}");
        assert!(names(&home.data()).iter().all(|name| !name.contains("unfinished")), "room {n}");
    }
    home.run(&["restore", text(&file), "--yes"]).done();
}
