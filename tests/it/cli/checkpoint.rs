//! `rolodeck audit checkpoint`.
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rolodeck::command::Found;
use rolodeck::domain::organization::Nature;
use rolodeck::ledger::note::{VerifierKey, note_text, read_signed};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use super::shell::{Home, outside};
use crate::signin::house::real_company;

/// A real organization in the data directory.
fn real(home: &Home) -> PathBuf {
    let (path, outside) = (home.data().join("hollin.db"), outside());
    let (org, secrets) = real_company(&outside);
    let creator = *org.users().keys().next().unwrap();
    let mut store = Store::create(&path, Nature::Real).unwrap();
    signin::found(&mut store, &outside, Found { org }, &secrets, creator).unwrap().unwrap();
    path
}

/// What stands behind a name in what was printed.
fn told<'o>(out: &'o str, name: &str) -> &'o str {
    let line = out.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {out}"));
    line[name.len()..].trim()
}

#[test]
fn it_signs_without_a_sign_in_and_prints_what_it_signed() {
    let home = Home::new();
    let file = real(&home);
    let share = home.path().join("share");
    std::fs::create_dir(&share).unwrap();
    let named = ["audit", "checkpoint", "--folder", share.to_str().unwrap()];
    let out = home.run(&named).done();
    assert_eq!(out.lines().count(), 4, "{out}");
    let key: VerifierKey = told(&out, "public key").parse().unwrap();
    let note = std::fs::read(told(&out, "written")).unwrap();
    let read = read_signed(note_text(&note).unwrap(), &key).unwrap();
    let head = Store::open(&file).unwrap().head();
    assert_eq!((read.seq, read.head), (head.seq, head.hash));
    assert_eq!((told(&out, "entry"), told(&out, "hash")), (&*head.seq.to_string(), &*head.hash.to_string()));
    let private = file.with_extension("signing-key");
    assert_eq!(std::fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(home.run(&["paths"]).done().contains(&format!("signing key     {}\n", private.display())));

    let again = home.run(&named).done();
    assert_eq!(told(&again, "there already"), told(&out, "written"));
    assert_eq!(std::fs::read(told(&out, "written")).unwrap(), note, "signing is no entry, and nothing was signed anew");
}

#[test]
fn the_settings_name_the_folder_and_the_address() {
    let home = Home::new();
    real(&home);
    home.settings("[audit]\ncheckpoint_folder = \"marks\"\ncheckpoint_mail = \"auditor@example.com\"\n");
    home.run(&["audit", "checkpoint"]).failed(2, "cannot be read");
    let marks = home.path().join(".config/rolodeck/marks");
    std::fs::create_dir(&marks).unwrap();
    let out = home.run(&["audit", "checkpoint"]).done();
    assert!(told(&out, "written").starts_with(&marks.display().to_string()), "{out}");
    assert_eq!(std::fs::read_dir(home.data().join("outbox")).unwrap().count(), 1);
    home.run(&["audit", "checkpoint"]).done();
    assert_eq!(
        std::fs::read_dir(home.data().join("outbox")).unwrap().count(),
        1,
        "what was mailed is not mailed again"
    );
    let paths = home.run(&["paths"]).done();
    assert!(paths.contains(&format!("checkpoints     {}\n", marks.display())), "{paths}");
}

#[test]
fn it_refuses_what_cannot_be_signed() {
    let home = Home::new();
    home.run(&["audit", "checkpoint"]).failed(2, "No folder for checkpoints was named");
    let here = ["audit", "checkpoint", "--folder", home.path().to_str().unwrap()];
    home.run(&here).failed(2, "There is no organization on this machine yet");
    home.sample("look");
    home.run(&here).failed(2, "The log of a sample organization is not signed");
    assert!(!home.data().join("look.signing-key").exists());
    assert_eq!(home.run(&["audit"]).code, 2);
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let home = Home::new();
    let file = real(&home);
    let here = ["audit", "checkpoint", "--folder", home.path().to_str().unwrap()];
    home.run(&here).done();
    let private = file.with_extension("signing-key");
    std::fs::set_permissions(&private, PermissionsExt::from_mode(0o604)).unwrap();
    home.run(&here).failed(2, "can be read by other users of this machine");
}
