//! The whole main job, once, in a real pseudo-terminal against the built program.
use std::path::{Path, PathBuf};

use crate::tty::Tty;

const SIZE: (u16, u16) = (120, 40);
pub const PASSPHRASE: &str = "violet anchor drifts past";
const BO: &str = "slow copper lantern walks";

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

pub fn set_up(home: &Path) -> Tty {
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
    tty.see("Everyday role beside Owner");
    tty
}

/// What the story leaves in the log, newest last; the last one is the reading of the log itself.
const DONE: [&str; 29] = [
    "found",
    "sign_in",
    "sign_out",
    "sign_in",
    "create_entity",
    "provision_account",
    "provision_account",
    "create_role",
    "invite_users",
    "draw_code",
    "draw_code",
    "draw_code",
    "look_at_code",
    "resend_invitations",
    "draw_code",
    "revoke_invitations",
    "sign_out",
    "refused accept_invitation",
    "accept_invitation",
    "sign_in",
    "sign_out",
    "sign_in",
    "assign_roles",
    "take_away_roles",
    "deactivate_user",
    "sign_out",
    "sign_in",
    "sign_out",
    "sign_in",
];

const KEY_F3: &str = "\x1bOR";
const ESC: &str = "\x1b";

fn sign_in(tty: &mut Tty, address: &str, passphrase: &str) {
    tty.see("Sign in to Nordwind Handels GmbH").send(address).send("\t").send(passphrase).send("\r");
}

fn sign_out(tty: &mut Tty) {
    tty.send("m").see("Sign out").send("o").see("Sign in to Nordwind Handels GmbH");
}

fn enter_entities_and_accounts(tty: &mut Tty) {
    tty.send("5").see("There is no entity yet.").send("n").see("Create entity").paste("Nordwind Nord AB").send("\r");
    tty.see("The entity “Nordwind Nord AB” was created.");
    tty.send("p").see("Provision").paste("Main account").send("\reur\rNORD-1\r").see("“Main account” was provisioned");
    tty.paste("Payroll").send("\r\x15sek\rNORD-2\r").see("“Payroll” was provisioned").send(ESC);
    tty.until("the list of accounts", |screen| screen.contains("NORD-2") && screen.contains("[ Create entity  n ]"));
}

fn create_role(tty: &mut Tty) {
    tty.send("2").see("Create new").send("n").see("Least privilege").send("j ").see("☑ Read Financial Data");
    tty.see("Select accounts").send("\r").see("☑ All future entities").send(" ").see("☐ All future entities");
    tty.send("\x1b[B").send("j ").see("reaching 1 account").send("\r");
    tty.see("Complete the Role Setup").send("Reader\r").see("The role “Reader” was created.");
}

/// The one-time code in the newest message to this address.
fn newest_code(home: &Path, address: &str) -> String {
    let outbox = std::fs::read_dir(home.join(".local/share/rolodeck/outbox")).unwrap();
    let attempt = |path: &PathBuf| path.file_stem().unwrap().to_str().unwrap().rsplit('-').next().unwrap().parse().ok();
    let letters = outbox.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "eml"));
    let to_them = letters.filter(|path| std::fs::read_to_string(path).unwrap().contains(address));
    let newest = to_them.max_by_key(attempt as fn(&PathBuf) -> Option<u32>).unwrap();
    let text = rolodeck::mail::text_of(&std::fs::read(newest).unwrap()).unwrap();
    let is_code = |line: &&str| line.len() == 64 && line.chars().all(|c| c.is_ascii_hexdigit());
    text.lines().map(str::trim).find(is_code).unwrap().to_owned()
}

/// Invites Bo, Cy and Di, reads and resends Bo's message, and revokes Cy's invitation. Gives the codes that Bo got.
fn invite(tty: &mut Tty, home: &Path) -> (String, String) {
    tty.send("1").see("[ Actions  a ]").send("i").see("╭ Addresses");
    tty.paste("Bo Ek <bo@nordwind.example.com>; cy@nordwind.example.com, di@nordwind.example.com").see("3 ok");
    tty.send("\t ").see("1 ticked").send("c").see("3 people were invited.").see_not("╭ Addresses");
    tty.send("\t").see("3 invitations pending").see("bo@nordwind.example.com").see("cy@nordwind.example.com");
    tty.send("/bo@\r").see_not("cy@nordwind").see("Bo Ek").see("Reader").see("Sent");
    let first = newest_code(home, "bo@nordwind.example.com");
    tty.send("l").see(&first).send(ESC).see_not(&first).see("Code seen by Ada Berg");
    tty.send("R").see("goes out with a new code").see("Code seen by nobody").see("Sent");
    let second = newest_code(home, "bo@nordwind.example.com");
    tty.send(ESC).see("cy@nordwind").send("/cy@\r").see_not("bo@nordwind").send("x").see("Revoke this invitation?");
    tty.send("y").see("was revoked").send(ESC).see("bo@nordwind.example.com").see_not("cy@nordwind");
    (first, second)
}

/// Bo comes in with the newest code, holds the invited role and no more.
fn accept(tty: &mut Tty, old: &str, new: &str) {
    tty.send(KEY_F3).see("Accept").paste(old).send("\r").see("This code opens no invitation.");
    tty.send("\x15").paste(new).send("\r").see("Join Nordwind Handels GmbH").see("Reader");
    tty.send("\r").send(BO).send("\r").send(BO).send("\r").see("Bo Ek · Reader");
    tty.see("Ready for real money?").send("1").see("All users 2").send("i").see("You may not do this").see("Ada Berg");
    tty.send("5").see("NORD-1").see_not("NORD-2");
}

/// The Owner gives Bo another role, takes it away again, and deactivates Bo.
fn administer(tty: &mut Tty) {
    tty.see("Ready for real money?").send("1").see("All users 2").send("/bo@\r").see("1 shown").see("Bo Ek");
    tty.send("e").see("Assign roles to Bo Ek").send(" ").see("☑ Owner").send("\r").see("Bo Ek now also holds Owner");
    tty.send("t").see("Take away roles from Bo Ek").send(" ").see("☑ Owner").send("\r");
    tty.see("Bo Ek no longer holds Owner").send("d").see("Deactivate Bo Ek?").send("y").see("Bo Ek was deactivated.");
}

/// Everything that was done, as the next day finds it.
fn find_everything(tty: &mut Tty) {
    tty.see("Ready for real money?")
        .send("1")
        .see("All users 2   Invited 1")
        .see("Bo Ek")
        .see("deactivated")
        .send("\t")
        .see("di@nordwind.example.com");
    tty.send("2").see("Reader").see("1 account");
    tty.send("5").see("Nordwind Nord AB").see("Main account").see("NORD-1").see("Payroll").see("NORD-2");
    tty.send("q");
    assert_eq!(tty.end(), 0);
}

/// The names of the entries that `rolodeck log` lists.
fn log(home: &Path) -> Vec<String> {
    let mut tty = Tty::start(home, &["log"], SIZE);
    tty.see("E-mail: ").send("ada@nordwind.example.com\r").see("Passphrase: ").until_silent();
    tty.send(PASSPHRASE).send("\r");
    assert_eq!(tty.end(), 0);
    let text = String::from_utf8(tty.raw().to_vec()).unwrap();
    let entry = |line: &str| {
        let mut words = line.split_whitespace();
        words.next()?.parse::<u64>().ok()?;
        let (outcome, name) = (words.nth(1)?, words.next()?);
        Some(if outcome == "done" { name.to_owned() } else { format!("{outcome} {name}") })
    };
    text.lines().filter_map(entry).collect()
}

#[test]
fn from_nothing_to_a_person_who_is_in() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = set_up(home.path());
    tty.send("q");
    assert_eq!(tty.end(), 0);

    let mut tty = Tty::start(home.path(), &[], SIZE);
    sign_in(&mut tty, "ada@nordwind.example.com", PASSPHRASE);
    tty.see("Ada Berg · Owner");
    enter_entities_and_accounts(&mut tty);
    create_role(&mut tty);
    let (old, new) = invite(&mut tty, home.path());
    sign_out(&mut tty);
    accept(&mut tty, &old, &new);
    sign_out(&mut tty);
    sign_in(&mut tty, "ada@nordwind.example.com", PASSPHRASE);
    administer(&mut tty);
    tty.send("q");
    assert_eq!(tty.end(), 0);

    let mut tty = Tty::start(home.path(), &[], SIZE);
    sign_in(&mut tty, "ada@nordwind.example.com", PASSPHRASE);
    find_everything(&mut tty);
    assert_eq!(log(home.path()), DONE);
}
