//! The whole main job, once, in a real pseudo-terminal against the built program.
use std::path::{Path, PathBuf};

use crate::tty::Tty;

const SIZE: (u16, u16) = (120, 40);
const PASSPHRASE: &str = "violet anchor drifts past";

/// The texts of the messages in the outbox folder, oldest file name first.
fn letters(home: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(home.join(".local/share/rolodeck/outbox")) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "eml"));
    files.sort();
    files.iter().map(|path| rolodeck::mail::text_of(&std::fs::read(path).unwrap()).unwrap()).collect()
}

/// The six digits in a message.
fn digits(letter: &str) -> String {
    let mut words = letter.split(|c: char| !c.is_ascii_digit());
    words.find(|word| word.len() == 6).unwrap().to_owned()
}

fn set_up(home: &Path) -> Tty {
    let mut tty = Tty::start(home, &[], SIZE);
    tty.see("Create New Account").send("Ada Berg\tada@nordwind.example.com\t");
    tty.send(PASSPHRASE).send("\t").send(PASSPHRASE).send("\r");
    tty.see("Verify your email address").see("outbox");
    let code = digits(&letters(home)[0]);
    tty.send(&code).send("\r");
    tty.see("Log in to the dashboard").send(PASSPHRASE).send("\r");
    tty.see("Name your organization").send("Nordwind Handels GmbH\r");
    tty.see("Start Fresh - No accounts or test data").send("\r");
    tty.see("Your recovery code").send("s").see("Saved in").send("w");
    tty.see("Roles");
    tty
}

#[test]
fn from_nothing_to_a_person_who_is_in() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = set_up(home.path());
    tty.send("q");
    assert_eq!(tty.end(), 0);

    let mut tty = Tty::start(home.path(), &[], SIZE);
    tty.see("E-mail").send("ada@nordwind.example.com\t").send(PASSPHRASE).send("\r").see("Ada Berg · Owner");
    tty.send("q");
    assert_eq!(tty.end(), 0);
}
