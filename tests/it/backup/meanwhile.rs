//! Programs that have an organization open while a backup is put back under them.
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rolodeck::command::Found;
use rolodeck::domain::name::PersonName;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::row::Difference;
use rolodeck::domain::sample;
use rolodeck::engine::{Request, Trouble};
use rolodeck::ledger::backup::back_up;
use rolodeck::ledger::fault::Fault;
use rolodeck::ledger::restore::Candidate;
use rolodeck::ledger::secrets::{Secret, Secrets};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{Head, Moved, Store};

use super::office::{Writer, is_in_the_log};
use crate::cli::shell::{Home, outside};
use crate::desk::{Desk, LARGE, Weather};
use crate::tty::Tty;

#[test]
fn an_open_store_says_that_another_copy_is_there_and_works_on_after_opening_again() {
    let home = Home::new();
    let path = home.sample("look");
    let mut writer = Writer::at(&path, "Writer");
    let file = home.path().join("backup.db");
    back_up(&writer.store, &file).unwrap();
    let then = writer.store.head();
    (0..5).for_each(|_| writer.write());
    for overtaken in [0, 9] {
        let mut ours = Store::open(&path).unwrap();
        let head = ours.head();
        Candidate::read(&file, &path).unwrap().restore(&path, &outside()).unwrap();
        // Whether the log is shorter or longer by now: it is another one.
        let mut theirs = Writer::at(&path, "Somebody else");
        (0..overtaken).for_each(|_| theirs.write());
        let fault = ours.catch_up().unwrap_err();
        assert!(matches!(fault, Fault::Parted { seq, .. } if seq == head.seq), "{fault}");
        assert!(fault.hint().contains("A backup was put back"), "{fault}");
        drop(ours);
        let ours = Store::open(&path).unwrap();
        ours.verify().unwrap();
        assert_eq!((ours.head(), ours.head().seq), (theirs.store.head(), then.seq + 3 + overtaken));
    }
}

#[test]
fn whoever_was_up_to_date_with_the_backup_just_goes_on() {
    let home = Home::new();
    let path = home.sample("look");
    let file = home.path().join("backup.db");
    let mut ours = Store::open(&path).unwrap();
    back_up(&ours, &file).unwrap();
    Candidate::read(&file, &path).unwrap().restore(&path, &outside()).unwrap();
    assert_eq!(ours.catch_up().unwrap(), Moved::Log);
    assert_eq!(ours.head().seq, 2);
}

/// The dashboard with a change after a backup, which was then put back.
fn put_back_under_a_dashboard() -> Desk {
    let mut desk = Desk::sample(LARGE);
    let path = desk.folder().join("sample.db");
    let file = desk.folder().join("backup.copy");
    back_up(&Store::open(&path).unwrap(), &file).unwrap();
    // Half-way through something, which is for the organization as it was.
    desk.keys("2n").see("Complete the Role Setup");
    let mut theirs = Writer::at(&path, "Undone");
    theirs.write();
    desk.settle();
    let outside = desk.weather.outside();
    Candidate::read(&file, &path).unwrap().restore(&path, &outside).unwrap();
    desk
}

#[test]
fn the_dashboard_signs_everybody_out_says_why_and_goes_on() {
    let mut desk = put_back_under_a_dashboard();
    desk.settle();
    desk.see("A backup was put back in the place of this organization's file. You were signed out: sign in again.");
    let view = desk.worker.view().unwrap().unwrap();
    assert!(view.org.active_roles().all(|role| !role.name.as_str().starts_with("Undone")));
    let store = Store::open(&desk.folder().join("sample.db")).unwrap();
    assert_eq!(view.head, store.head());
    assert!(Difference::between(&view.org, &store.org()).is_empty());
    // Signing in, as whoever comes first, works as ever.
    desk.keys("g<enter>").see("Anouk Lefèvre · External auditor").see_not("You were signed out");
}

#[test]
fn what_is_asked_of_the_file_that_was_replaced_is_not_done() {
    let mut desk = put_back_under_a_dashboard();
    let name: PersonName = "Nora New".parse().unwrap();
    let (code, passphrase) = (Secret::from("0000"), Secret::from("four bright lanterns"));
    let answer = desk.worker.serve(Request::Accept { code, name, passphrase });
    assert!(matches!(answer, Err(Trouble::Fault(Fault::Parted { .. }))), "{answer:?}");
    assert_eq!(desk.worker.view().unwrap().unwrap().replaced, 1);
    assert!(!desk.worker.idle().unwrap().more);
}

/// Whether the code in a message opens an invitation.
fn opens(desk: &mut Desk, letter: &str) -> bool {
    let is_code = |line: &&str| line.len() == 64 && line.chars().all(|c| c.is_ascii_hexdigit());
    let code = letter.lines().map(str::trim).find(is_code).unwrap();
    desk.worker.serve(Request::CheckCode { code: code.into() }).is_ok()
}

#[test]
fn a_message_that_left_after_the_backup_leaves_again_and_only_its_new_code_works() {
    let (folder, weather) = (tempfile::tempdir().unwrap(), Weather::new());
    let (outside, path) = (weather.outside(), folder.path().join("sample.db"));
    let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let creator = *org.users().keys().next().unwrap();
    let mut store = Store::create(&path, Nature::Sample).unwrap();
    signin::found(&mut store, &outside, Found { org }, &Secrets::none(), creator).unwrap().unwrap();
    let file = folder.path().join("backup.copy");
    back_up(&store, &file).unwrap();
    drop(store);

    let mut desk = Desk::at(folder.path(), weather, LARGE);
    let before = desk.letters();
    assert!(!before.is_empty());
    assert!(opens(&mut desk, &before[0].1));
    Candidate::read(&file, &path).unwrap().restore(&path, &outside).unwrap();
    desk.settle();
    let after = desk.letters();
    let (dead, live): (Vec<_>, Vec<_>) = after.iter().partition(|(name, _)| name.ends_with(".dead"));
    assert_eq!((dead.len(), live.len()), (before.len(), before.len()));
    for ((name, now), (_, then)) in live.iter().zip(&before) {
        assert_ne!(now, then, "{name}");
        assert!(opens(&mut desk, now), "{name}");
    }
    assert!(!opens(&mut desk, &before[0].1), "the code from before still works");
    desk.worker.view().unwrap().unwrap();
    Store::open(&path).unwrap().verify().unwrap();
}

#[test]
fn nothing_that_somebody_wrote_while_backups_were_put_back_is_lost() {
    const RESTORES: usize = 12;
    let home = Home::new();
    let path = home.sample("look");
    let file = home.path().join("backup.db");
    back_up(&Store::open(&path).unwrap(), &file).unwrap();
    let done = AtomicBool::new(false);
    let (mut kept, mut written) = (Vec::new(), Vec::new());
    let mut parted = 0;
    thread::scope(|scope| {
        let writers: Vec<_> = (0..3)
            .map(|n| {
                let (path, done) = (&path, &done);
                scope.spawn(move || write_until(done, path, n))
            })
            .collect();
        for _ in 0..RESTORES {
            let restored = Candidate::read(&file, &path).unwrap().restore(&path, &outside()).unwrap();
            kept.extend(restored.kept);
        }
        done.store(true, Ordering::Relaxed);
        for writer in writers {
            let (heads, partings) = writer.join().unwrap();
            written.extend(heads);
            parted += partings;
        }
    });
    kept.push(path);
    let stores: Vec<_> = kept.iter().map(|path| Store::open_read_only(path).unwrap()).collect();
    stores.iter().for_each(|store| assert_eq!(store.verify().unwrap().head, store.head()));
    let lost = written.iter().filter(|head| !stores.iter().any(|store| is_in_the_log(store, **head))).count();
    println!("{} entries while {RESTORES} backups were put back, {parted} partings, {lost} lost", written.len());
    assert_eq!((lost, kept.len()), (0, RESTORES + 1));
}

/// Writes again and again, and opens the file anew whenever another copy is in its place. Returns what was written, and
/// how often that happened.
fn write_until(done: &AtomicBool, path: &Path, n: usize) -> (Vec<Head>, usize) {
    let (mut written, mut partings) = (Vec::new(), 0);
    while !done.load(Ordering::Relaxed) {
        let named = format!("Writer {n} of {partings}");
        let mut writing = || -> Result<(), Fault> {
            let mut writer = Writer::try_at(path, &named)?;
            while !done.load(Ordering::Relaxed) {
                written.push(writer.try_write()?);
            }
            Ok(())
        };
        match writing() {
            Ok(()) => {}
            Err(Fault::Parted { .. }) => partings += 1,
            Err(other) => panic!("{other}"),
        }
    }
    (written, partings)
}

#[test]
fn a_dashboard_in_another_process_says_so_on_its_screen_and_works_on() {
    let home = Home::new();
    let path = home.sample("look");
    let file = home.path().join("backup.db");
    back_up(&Store::open(&path).unwrap(), &file).unwrap();
    let mut tty = Tty::start(home.path(), &[], (120, 40));
    tty.see("Look around in").send("g\r").see("Anouk Lefèvre · External auditor");
    let text = home.run(&["restore", file.to_str().unwrap(), "--yes"]).done();
    assert!(text.contains("newer there     "), "{text}");
    tty.see("A backup was put back in the place").send("g\r").see("Anouk Lefèvre · External auditor").send("q");
    assert_eq!(tty.end(), 0);
    let store = Store::open(&path).unwrap();
    store.verify().unwrap();
    let commands: Vec<_> = store.entries(0, 9).unwrap().into_iter().map(|entry| entry.command.to_string()).collect();
    assert_eq!(&commands[..2], ["found", "note_restore"]);
    assert!(commands.contains(&"sign_in".into()), "{commands:?}");
}
