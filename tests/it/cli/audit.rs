//! `rolodeck audit verify`, as an auditor runs it: without a sign-in, on a file that may be anything.
use std::path::{Path, PathBuf};

use rolodeck::ledger::note::SigningKey;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;

use super::real;
use super::shell::{Home, outside};
use crate::tampering::forger::Forger;

/// Signs what is true of the file now, and puts it with its public key into a folder.
fn signed(file: &Path, folder: &Path) -> (PathBuf, SigningKey) {
    let store = Store::open_read_only(file).unwrap();
    let known = store.checkpoint(outside().now()).unwrap();
    let key = SigningKey::from_seed(known.organization, [5; 32]).unwrap();
    let path = folder.join(format!("{}-{}.checkpoint", known.organization, known.seq));
    std::fs::write(&path, key.sign(&known).unwrap()).unwrap();
    std::fs::write(folder.join(format!("{}.vkey", known.organization)), format!("{}\n", key.verifier())).unwrap();
    (path, key)
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn what_is_proved_is_said_and_what_is_not() {
    let home = real();
    let said = home.run(&["audit", "verify"]).done();
    for words in [
        "Hollin Group (",
        "\nProved:\n  entries       1 to 1, from ",
        "\n  newest        1 ",
        "rows say in every column what the log says",
        "\n  credentials   9 fit",
        "\n  blanked       0 parts",
        "\n  checkpoints   none was given\n",
        "\nNot proved, and not to be proved from this file:\n  - That this is the newest state",
        "can put an older copy back, cut the end off",
        "Whether what was done was right",
    ] {
        assert!(said.contains(words), "“{words}” is not in:\n{said}");
    }
    let file = home.data().join("real.db");
    assert_eq!(home.run(&["audit", "verify", "--org", "real"]).done(), said);
    assert_eq!(home.run(&["audit", "verify", "--db", text(&file)]).done(), said);
}

#[test]
fn a_signed_checkpoint_is_held_against_the_file() {
    let home = real();
    let (file, folder) = (home.data().join("real.db"), tempfile::tempdir().unwrap());
    let (known, key) = signed(&file, folder.path());
    let beside = home.run(&["audit", "verify", "--checkpoint", text(&known)]).done();
    assert!(beside.contains("the one of entry 1 is signed and fits"), "{beside}");
    assert!(beside.contains("That nothing came after entry 1:") && beside.contains("the private key"), "{beside}");
    assert!(beside.contains("it was found beside the checkpoints"), "{beside}");
    let named = ["audit", "verify", "--checkpoint", text(&known), "--key", &key.verifier().to_string()];
    let named = home.run(&named).done();
    assert!(!named.contains("beside the checkpoints"), "{named}");

    let mut store = Store::open(&file).unwrap();
    let session = super::signed_in(&mut store, crate::signin::house::ADA);
    signin::leave(&mut store, &outside(), &session).unwrap();
    drop(store);
    let (later, _) = signed(&file, folder.path());
    let old = std::fs::read(&file).unwrap();
    let said = home.run(&["audit", "verify", "--checkpoint", text(&known), text(&later)]).done();
    assert!(said.contains("those of the entries 1, 3 are signed and fit"), "{said}");
    let said = home.run(&["audit", "verify", "--checkpoint", text(&known)]).done();
    assert!(said.contains("Entries behind 1, the entry of the newest checkpoint"), "{said}");

    // Somebody without the key computes the log anew.
    let mut forger = Forger::over(&file);
    forger.log[2].0.command = "harmless".into();
    forger.compute();
    forger.write().note_head();
    forger.done();
    home.run(&["audit", "verify"]).done();
    let said = home.run(&["audit", "verify", "--checkpoint", text(&known), "--checkpoint", text(&later)]);
    said.failed(1, "computed anew: the log was computed anew behind entry 1: a checkpoint knows another entry 3.");
    std::fs::write(&file, old).unwrap();

    // And somebody else changes a checkpoint, or signs with another key.
    let changed = std::fs::read_to_string(&known).unwrap().replacen("\n1\n", "\n2\n", 1);
    std::fs::write(&known, changed).unwrap();
    home.run(&["audit", "verify", "--checkpoint", text(&known)]).failed(1, "the signature does not fit");
    let other = SigningKey::from_seed(key.verifier().organization().unwrap(), [6; 32]).unwrap().verifier().to_string();
    let said = home.run(&["audit", "verify", "--checkpoint", text(&later), "--key", &other]);
    said.failed(2, "carries no signature of this key");
}

#[test]
fn the_first_bad_entry_is_named_and_the_exit_code_is_one() {
    let home = Home::new();
    let file = home.sample("look");
    let forger = Forger::over(&file);
    forger.sql("UPDATE log_body SET salt = zeroblob(16) WHERE seq = 1 AND n = 3");
    forger.done();
    home.run(&["audit", "verify"]).failed(1, "edited: entry 1 of the log was edited: part 3 was changed.");
    std::fs::write(&file, b"dear diary").unwrap();
    home.run(&["audit", "verify"]).failed(1, "damaged: ");
}

#[test]
fn what_is_not_there_is_another_exit_code() {
    let home = Home::new();
    home.run(&["audit", "verify"]).failed(2, "There is no organization on this machine yet.");
    home.run(&["audit", "verify", "--db", "/nowhere/at/all.db"]).failed(2, "cannot be opened");
    home.sample("look");
    home.run(&["audit", "verify", "--checkpoint", "/nowhere/at/all"]).failed(2, "cannot be read");
    assert_eq!(home.run(&["audit", "verify", "--key", "x"]).code, 2);
    assert_eq!(home.run(&["audit"]).code, 2);
}
