//! Signed checkpoints: when they are made, where they go, and what they are never made over.
mod office;

use std::os::unix::fs::PermissionsExt;
use std::sync::Barrier;

use jiff::SignedDuration;
use rolodeck::domain::id::OrganizationId;
use rolodeck::domain::user::Digest;
use rolodeck::engine::Change;
use rolodeck::engine::checkpoint::{CheckpointTrouble, Checkpoints, known_key, write_checkpoint};
use rolodeck::ledger::checkpoint::Checkpoint;
use rolodeck::ledger::note::{SigningKey, note_text, read_signed};

use crate::desk::LARGE;
use crate::founding::{Machine, found};
use office::{Office, WEEK};

/// The number of the entry that the newest checkpoint on the screen is of, and what is said beside it.
fn shown(worker: &rolodeck::engine::Worker) -> (Option<u64>, Option<String>) {
    match worker.view().unwrap().unwrap().checkpoints {
        Checkpoints::On { newest, trouble, .. } => (newest.map(|newest| newest.seq), trouble),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_first_day_is_signed_at_once() {
    let office = Office::open();
    let mut worker = office.worker();
    assert_eq!(shown(&worker), (None, None));
    let idle = worker.idle().unwrap();
    assert!(idle.moved && idle.trouble.is_none());
    let head = worker.view().unwrap().unwrap().head;
    assert_eq!((office.numbers(), shown(&worker)), (vec![head.seq], (Some(head.seq), None)));

    let key = office.public_key();
    assert_eq!(key.organization(), Some(office.organization()));
    assert_eq!(known_key(&office.database(), office.organization()).unwrap(), Some(key.clone()));
    let note = office.note(head.seq);
    let read = read_signed(note_text(&note).unwrap(), &key).unwrap();
    assert_eq!(read, office.store().checkpoint(office.now()).unwrap());
    assert_eq!((read.seq, read.head), (head.seq, head.hash));

    let mode = std::fs::metadata(office.key_file()).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn each_day_on_which_something_happened_is_signed_once_when_it_is_over() {
    let office = Office::open();
    let mut worker = office.worker();
    worker.idle().unwrap();
    let first = office.numbers();
    office.happen(&mut worker);
    for _ in 0..3 {
        assert!(!worker.idle().unwrap().moved);
    }
    assert_eq!(office.numbers(), first, "a day that is not over yet is not signed twice");

    office.wait_hours(15);
    assert!(worker.idle().unwrap().moved);
    assert_eq!(office.numbers(), [first[0], first[0] + 1]);
    assert!(!worker.idle().unwrap().moved);

    office.wait_hours(24 * 6);
    assert!(!worker.idle().unwrap().moved);
    assert_eq!(office.numbers().len(), 2, "days on which nothing happened are not signed");

    office.happen(&mut worker);
    worker.idle().unwrap();
    assert_eq!(
        office.numbers(),
        [first[0], first[0] + 1, first[0] + 2],
        "a later day than that of the last checkpoint"
    );
    office.happen(&mut worker);
    worker.idle().unwrap();
    assert_eq!(office.numbers().len(), 3);
    office.wait_hours(24);
    worker.idle().unwrap();
    assert_eq!(office.numbers().len(), 4);
}

#[test]
fn a_program_that_starts_later_knows_from_the_folder_what_was_signed() {
    let office = Office::open();
    office.worker().idle().unwrap();
    let signed = office.numbers();
    let mut again = office.worker();
    assert!(again.idle().unwrap().moved, "it learns which is the newest");
    assert_eq!((office.numbers(), shown(&again)), (signed.clone(), (Some(signed[0]), None)));
    assert!(!again.idle().unwrap().moved);
}

#[test]
fn a_folder_that_is_away_is_said_once_and_tried_again_later() {
    let office = Office::open();
    std::fs::remove_dir(office.share()).unwrap();
    let mut worker = office.worker();
    let said = worker.idle().unwrap().trouble.unwrap();
    assert!(said.starts_with("The folder for checkpoints, ") && said.contains("cannot be read"), "{said}");
    assert!(said.ends_with("Check that it is there, mounted and yours to write."), "{said}");
    for _ in 0..20 {
        office.wait(SignedDuration::from_mins(1));
        assert_eq!(worker.idle().unwrap().trouble, None, "it was said before");
    }
    assert_eq!(shown(&worker), (None, Some(said)));
    assert!(!office.key_file().exists(), "no key before it is needed");

    std::fs::create_dir(office.share()).unwrap();
    worker.idle().unwrap();
    assert!(office.numbers().is_empty(), "not at every moment");
    office.wait(SignedDuration::from_mins(5));
    assert!(worker.idle().unwrap().moved);
    assert_eq!((office.numbers().len(), shown(&worker).1), (1, None));

    std::fs::rename(office.share(), office.share().with_extension("away")).unwrap();
    office.happen(&mut worker);
    office.wait_hours(24);
    assert!(worker.idle().unwrap().trouble.is_some(), "another time it is said again");
}

#[test]
fn what_may_not_change_anything_signs_nothing() {
    let office = Office::open();
    let mut reader = office.worker_that(Change::Never);
    assert!(!reader.idle().unwrap().moved);
    assert_eq!((office.files(), office.key_file().exists()), (vec![], false));
    office.worker().idle().unwrap();
    let mut reader = office.worker_that(Change::Never);
    assert!(reader.idle().unwrap().moved);
    assert_eq!(shown(&reader).0, Some(office.numbers()[0]), "it shows what is there");
    office.happen(&mut office.worker());
    office.wait_hours(24);
    reader.idle().unwrap();
    assert_eq!(office.numbers().len(), 1);
}

#[test]
fn a_sample_is_never_signed() {
    let office = Office::sample();
    let mut worker = office.worker();
    assert!(!worker.idle().unwrap().moved);
    assert_eq!(worker.view().unwrap().unwrap().checkpoints, Checkpoints::Sample);
    let refusal = write_checkpoint(&office.store(), &office.outside(), &office.share()).unwrap_err();
    assert!(matches!(refusal, CheckpointTrouble::Sample));
    assert_eq!((office.files(), office.key_file().exists()), (vec![], false));
}

#[test]
fn a_private_key_that_cannot_be_trusted_is_refused() {
    let office = Office::open();
    office.worker().idle().unwrap();
    office.happen(&mut office.worker());
    office.wait_hours(24);
    let (path, good) = (office.key_file(), std::fs::read(office.key_file()).unwrap());
    let said = || office.worker().idle().unwrap().trouble.unwrap();

    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
    let exposed = said();
    assert!(exposed.contains("can be read by other users of this machine. Take that right away with chmod 600"));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();

    for wrong in ["", "PRIVATE+KEY+", "no key\n", &String::from_utf8(good.clone()).unwrap().replace("KEY+", "KEY+x")] {
        std::fs::write(&path, wrong).unwrap();
        let said = said();
        assert!(said.contains("this is not a private key for checkpoints"), "{said}");
        assert_eq!(std::fs::read(&path).unwrap(), wrong.as_bytes(), "it is left as it is");
    }
    let elsewhere: OrganizationId = "0198c0de-0000-7000-8000-000000000002".parse().unwrap();
    for (organization, words) in
        [(elsewhere, "is of another organization"), (office.organization(), "were signed by another key")]
    {
        std::fs::write(&path, SigningKey::from_seed(organization, [5; 32]).unwrap().secret_text().as_bytes()).unwrap();
        let said = said();
        assert!(said.contains(words), "{said}");
    }
    std::fs::remove_file(&path).unwrap();
    let lost = said();
    assert!(lost.contains("were signed by another key") && lost.contains("If it is lost"), "{lost}");
    assert!(!path.exists(), "a new key would hide that the old one was lost");
    assert_eq!(office.numbers().len(), 1);
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let office = Office::open();
    let mut worker = office.worker();
    worker.idle().unwrap();
    let before = office.numbers()[0];
    office.happen(&mut worker);
    office.wait_hours(24);
    let place = office.checkpoint(before + 1);
    std::fs::write(&place, "somebody else's").unwrap();
    let said = worker.idle().unwrap().trouble.unwrap();
    assert!(said.contains("is there already and says something else, so it was left as it is"), "{said}");
    assert_eq!(std::fs::read_to_string(&place).unwrap(), "somebody else's");
    std::fs::remove_file(&place).unwrap();
    office.wait(SignedDuration::from_mins(5));
    assert!(worker.idle().unwrap().moved);
    assert_eq!((shown(&worker), office.leftovers()), ((Some(before + 1), None), vec![]));
}

#[test]
fn a_changed_checkpoint_is_pointed_out_and_does_not_stop_the_next() {
    let office = Office::open();
    let mut worker = office.worker();
    worker.idle().unwrap();
    office.happen(&mut worker);
    office.wait_hours(24);
    worker.idle().unwrap();
    let numbers = office.numbers();
    let newest = office.checkpoint(numbers[1]);
    let changed = std::fs::read_to_string(&newest).unwrap().replace("time 2026", "time 2025");
    std::fs::write(&newest, &changed).unwrap();
    office.happen(&mut worker);
    let mut again = office.worker();
    let said = again.idle().unwrap().trouble.unwrap();
    assert!(
        said.contains("is not a checkpoint that this organization's key signed: the signature does not fit"),
        "{said}"
    );
    assert_eq!(office.numbers().len(), 3);
    assert_eq!(std::fs::read_to_string(&newest).unwrap(), changed);
}

#[test]
fn a_log_that_is_not_the_signed_one_is_never_signed() {
    let office = Office::open();
    let older = office.copy();
    let mut worker = office.worker();
    office.happen(&mut worker);
    worker.idle().unwrap();
    let signed = office.numbers();
    drop(worker);

    office.put_back(&older);
    let said = office.worker().idle().unwrap().trouble.unwrap();
    assert!(said.contains(&format!("was signed for entry {}, and the log ends before it", signed[0])), "{said}");
    assert!(said.ends_with("Run rolodeck audit verify with this checkpoint."), "{said}");

    let mut worker = office.worker();
    office.happen(&mut worker);
    office.happen(&mut worker);
    office.wait_hours(24);
    let said = worker.idle().unwrap().trouble.unwrap();
    assert!(said.contains(&format!("does not fit entry {} of the log as it is now", signed[0])), "{said}");
    assert_eq!(office.numbers(), signed);
    let write = || write_checkpoint(&office.store(), &office.outside(), &office.share());
    assert!(matches!(write(), Err(CheckpointTrouble::Differs { .. })));
}

#[test]
fn the_same_entry_is_signed_once_however_often_it_is_asked_for() {
    let office = Office::open();
    let write = || write_checkpoint(&office.store(), &office.outside(), &office.share()).unwrap();
    let first = write();
    assert_eq!(first.fresh.clone().unwrap().into_bytes(), office.note(first.checkpoint.seq));
    office.wait_hours(1);
    let second = write();
    assert_eq!((second.checkpoint, second.fresh), (first.checkpoint, None), "the time is that of the file");

    let other = Checkpoint { rows: Digest([1; 32]), ..first.checkpoint };
    let key = SigningKey::read(&std::fs::read_to_string(office.key_file()).unwrap()).unwrap();
    std::fs::write(&first.path, key.sign(&other).unwrap()).unwrap();
    let again = write_checkpoint(&office.store(), &office.outside(), &office.share());
    assert!(matches!(again, Err(CheckpointTrouble::Differs { .. })), "the rows are others than were signed");
}

#[test]
fn a_checkpoint_is_mailed_and_can_be_read_from_the_message() {
    let office = Office::open();
    let mut worker = office.worker_that_mails();
    worker.idle().unwrap();
    let letters = office.letters();
    assert_eq!(letters.len(), 1);
    let text = letters[0].replace("\r\n", "\n");
    let ruler = "-".repeat(60) + "\n";
    let note = text.split(&ruler).nth(1).unwrap();
    assert_eq!(note.as_bytes(), office.note(office.numbers()[0]));
    assert!(text.contains(&office.public_key().to_string()), "{text}");
    worker.idle().unwrap();
    office.worker_that_mails().idle().unwrap();
    assert_eq!(office.letters().len(), 1);
}

#[test]
fn a_checkpoint_that_could_not_be_mailed_stays_and_is_said_once() {
    let office = Office::open();
    std::fs::remove_dir_all(office.outbox()).unwrap();
    std::fs::write(office.outbox(), "no folder").unwrap();
    let mut worker = office.worker_that_mails();
    let said = worker.idle().unwrap().trouble.unwrap();
    assert!(said.contains("was written, but not mailed: "), "{said}");
    assert_eq!(office.numbers().len(), 1);
    office.wait(SignedDuration::from_mins(10));
    let idle = worker.idle().unwrap();
    assert_eq!((idle.moved, idle.trouble), (false, None));
}

#[test]
fn of_several_programs_one_signs() {
    let office = Office::open();
    for day in 1..=8 {
        let mut workers: Vec<_> = (0..4).map(|_| office.worker_that_mails()).collect();
        let start = Barrier::new(workers.len());
        let troubles: Vec<_> = std::thread::scope(|scope| {
            let running: Vec<_> = workers
                .iter_mut()
                .map(|worker| {
                    let start = &start;
                    scope.spawn(move || {
                        start.wait();
                        worker.idle().unwrap().trouble
                    })
                })
                .collect();
            running.into_iter().filter_map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(troubles, [""; 0]);
        assert_eq!((office.numbers().len(), office.letters().len()), (day, day));
        assert_eq!(office.leftovers(), [""; 0]);
        office.happen(&mut workers[0]);
        office.wait_hours(24);
    }
}

#[test]
fn an_organization_that_is_renamed_keeps_its_files_and_its_key() {
    let office = Office::open();
    let mut worker = office.worker();
    worker.idle().unwrap();
    office.rename(&mut worker, "Hollin International");
    office.wait(WEEK);
    worker.idle().unwrap();
    let key = office.public_key();
    for seq in office.numbers() {
        read_signed(note_text(&office.note(seq)).unwrap(), &key).unwrap();
    }
    assert_eq!(office.numbers().len(), 2);
}

#[test]
fn the_organization_screen_says_where_the_newest_is() {
    let machine = Machine::new();
    let mut desk = machine.desk(LARGE);
    found(&mut desk);
    desk.keys("6").see("Checkpoints").see("None: set checkpoint_folder in the settings file.");
    let folder = machine.file("marks");
    let plan = rolodeck::engine::checkpoint::Plan { folder: folder.clone(), mail: None };
    desk.worker.keep_checkpoints(Some(plan));
    desk.settle();
    desk.see("None yet in /tmp/desk-").see("cannot be read").see("mounted and yours to write");
    std::fs::create_dir(&folder).unwrap();
    desk.wait(SignedDuration::from_mins(5)).see("2 March 2026, 09:05 UTC, in /tmp/desk-");
}
