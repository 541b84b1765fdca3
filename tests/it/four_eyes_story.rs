//! Two people and one invitation, in a real pseudo-terminal against the built program: nothing leaves before the second
//! one has approved, never after they rejected, and even when the program is killed in between.
use std::path::PathBuf;

use rolodeck::domain::org::Org;
use rolodeck::domain::row::{Row, RowId};
use rolodeck::domain::user::User;
use rolodeck::engine::{Change, Library, Post, Reply, Request, Worker};
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::Secret;
use rolodeck::ledger::store::Store;
use rolodeck::mail::{DropFolder, text_of};

use crate::cli::real_after;
use crate::cli::shell::{Home, outside};
use crate::delivery::server::{Offer, Server, Twist};
use crate::properties::company::role_named;
use crate::signin::house::{ADA, BO, RECOVERY, words};
use crate::tty::Tty;

const SIZE: (u16, u16) = (120, 40);
const GUEST: &str = "guest@hollin.example.com";
const KEY_F3: &str = "\x1bOR";

/// Ada Berg and Bo Ek are Owners, and nobody is invited.
fn office() -> Home {
    real_after(|org| {
        let invitations: Vec<_> = org.invitations().keys().copied().collect();
        invitations.into_iter().for_each(|id| org.remove(RowId::from(id)));
        for (address, name) in [(ADA, "Ada Berg"), (BO, "Bo Ek")] {
            let user = User::clone(org.users().values().find(|user| user.address.as_str() == address).unwrap());
            let roles = [role_named(org, "Owner")].into_iter().collect();
            org.put(Row::User(User { name: name.parse().unwrap(), roles, ..user }));
        }
    })
}

/// Ada switches four-eyes on for User management, which takes effect at once this first time.
fn switch_on(home: &Home) {
    let mut tty = sign_in(home, ADA);
    tty.send("6").see("Organization security").see("Off").send("sj ").see("*").send("\r");
    tty.see("Four-eyes is on for User management.").see("Every change of these switches waits for a second person.");
    quit(tty);
}

fn file(home: &Home) -> PathBuf {
    home.data().join("real.db")
}

fn org(home: &Home) -> std::sync::Arc<Org> {
    Store::open(&file(home)).unwrap().org()
}

/// The messages in the folder.
fn letters(home: &Home) -> Vec<Vec<u8>> {
    let Ok(entries) = std::fs::read_dir(home.data().join("outbox")) else { return Vec::new() };
    let files = entries.map(|entry| entry.unwrap().path());
    let letters = files.filter(|path| path.extension().is_some_and(|ending| ending == "eml"));
    letters.map(|path| std::fs::read(path).unwrap()).collect()
}

/// The one-time code in a message.
fn code(letter: &[u8]) -> String {
    let text = text_of(letter).unwrap();
    let mut words = text.split(|c: char| !c.is_ascii_hexdigit());
    words.find(|word| word.len() == 64).unwrap().to_owned()
}

fn sign_in(home: &Home, address: &str) -> Tty {
    let mut tty = Tty::start(home.path(), &[], SIZE);
    tty.see("Sign in to Hollin Group")
        .send(address)
        .send("\t")
        .send(words(address))
        .send("\r")
        .see("Ready for real money?");
    tty.send("1").see("All users");
    tty
}

fn quit(mut tty: Tty) {
    tty.send("q");
    assert_eq!(tty.end(), 0);
}

/// With four-eyes on, Ada invites a guest, which waits for a second person, and leaves.
fn ask(home: &Home) {
    switch_on(home);
    let mut tty = sign_in(home, ADA);
    tty.see("[ Actions  a ]").send("i").see("╭ Addresses").paste(GUEST).see("1 ok");
    tty.send("\t ").see("1 ticked").send("c").see("this waits for a second person").see("Bo Ek");
    tty.see_not("was invited").see_not("╭ Addresses").send("3").see("Nothing waits for you.");
    tty.send("\t").see(GUEST).see("1 waiting");
    quit(tty);
    nothing_left(home);
}

/// Fails if something of the invitation happened.
#[track_caller]
fn nothing_left(home: &Home) {
    assert_eq!(letters(home), Vec::<Vec<u8>>::new());
    let store = Store::open(&file(home)).unwrap();
    assert!(store.deliveries().unwrap().is_empty());
    assert!(store.org().invitations().is_empty());
}

/// Bo finds the request and reads it.
fn find(home: &Home) -> Tty {
    let mut tty = sign_in(home, BO);
    tty.see("1 to approve").send("3").see("My approvals 1").see(GUEST).send("\r");
    tty.see("Ada Berg asks to invite").see("Before and after").see(GUEST).see("gains");
    tty
}

/// The outcomes and names of the entries that `rolodeck log` lists, without the coming and going.
fn log(home: &Home) -> Vec<String> {
    let said = home.run_typing(&["log"], &[ADA, words(ADA)]);
    assert_eq!(said.code, 0, "{said:?}");
    let entry = |line: &str| {
        let mut words = line.split_whitespace();
        words.next()?.parse::<u64>().ok()?;
        let told = format!("{} {}", words.nth(1)?, words.next()?);
        (!told.contains(" sign_")).then_some(told)
    };
    said.out.lines().filter_map(entry).collect()
}

/// Whether a code opens an invitation.
fn opens(home: &Home, code: &str) -> bool {
    let folder = DropFolder::new(home.data().join("outbox"));
    let post = Post { mailer: Box::new(folder.clone()), folder: Some(folder) };
    let (library, cost) = (Library::new(home.data()), Cost::least().unwrap());
    let mut worker = Worker::new(outside(), cost, library, post, Change::Never, None);
    worker.open(&file(home)).unwrap();
    matches!(worker.serve(Request::CheckCode { code: Secret::from(code) }), Ok(Reply::Invitation { .. }))
}

#[test]
fn an_invitation_leaves_once_a_second_person_has_approved_it() {
    let home = office();
    ask(&home);
    let mut tty = find(&home);
    nothing_left(&home);
    tty.send("a").see("Approved: ").see_not("1 to approve").see("Nothing waits for you.");
    tty.until_so("the message", |_| letters(&home).len() == 1);
    tty.send("1").see("Invited 1");
    quit(tty);

    let letter = letters(&home).remove(0);
    assert!(text_of(&letter).unwrap().contains("Ada Berg"), "the one who asked invites");
    let mut tty = Tty::start(home.path(), &[], SIZE);
    tty.see("Sign in to Hollin Group").send(KEY_F3).see("Accept").paste(&code(&letter)).send("\r");
    tty.see("Join Hollin Group").see(GUEST);
    drop(tty);
    let done = ["done found", "done change_four_eyes", "requested invite_users", "approved approve_request"];
    assert_eq!(log(&home), [&done[..], &["done draw_code"]].concat());
}

#[test]
fn an_invitation_never_leaves_when_a_second_person_has_rejected_it() {
    let home = office();
    ask(&home);
    let mut tty = find(&home);
    tty.send("x").see("Why?").send("We do not know this guest").send("\r");
    tty.see("Rejected: ").see_not("1 to approve").see("Nothing waits for you.");
    quit(tty);
    nothing_left(&home);

    let mut tty = sign_in(&home, ADA);
    tty.send("3\t").see("Rejected").see(GUEST).send("\r");
    tty.see("Rejected by Bo Ek as Owner").see("Reason: We do not know this guest");
    quit(tty);
    nothing_left(&home);
    let done = ["done found", "done change_four_eyes", "requested invite_users", "rejected reject_request"];
    assert_eq!(log(&home), done);
}

/// Bo approves with a mail server that falls silent, and the program is killed at the moment that is waited for.
fn approve_and_be_killed(home: &Home, silent_at: &'static str, moment: impl Fn(&Server) -> bool) -> Server {
    let server = Server::start(Offer { twist: Some((silent_at, Twist::Silence)), ..Offer::default() });
    let from = "from = \"Hollin Group <treasury@hollin.example.com>\"";
    home.settings(&format!("[mail]\nserver = \"127.0.0.1\"\nport = {}\ntls = \"none\"\n{from}\n", server.port));
    let mut tty = find(home);
    tty.send("a").see("Approved: ").until_so("the moment to kill it", |_| moment(&server));
    tty.kill();
    assert_eq!((org(home).invitations().len(), letters(home).len()), (1, 0));
    server
}

/// Starts the program again, with the folder, and gives the code that it sends.
fn code_after_restart(home: &Home) -> String {
    home.settings("");
    let mut tty = Tty::start(home.path(), &[], SIZE);
    tty.see("Sign in to Hollin Group").until_so("the message", |_| letters(home).len() == 1);
    tty.send("\x03");
    assert_eq!(tty.end(), 0);
    let approved = log(home).iter().filter(|entry| *entry == "approved approve_request").count();
    assert_eq!(approved, 1);
    Store::open(&file(home)).unwrap().verify().unwrap();
    code(&letters(home)[0])
}

#[test]
fn a_program_that_is_killed_before_the_message_left_sends_it_when_it_is_back() {
    let home = office();
    ask(&home);
    let drawn = || org(&home).invitations().values().any(|open| open.attempt == 1);
    let server = approve_and_be_killed(&home, "", |_| drawn());
    assert!(server.heard().is_empty());
    let code = code_after_restart(&home);
    assert!(opens(&home, &code));
}

#[test]
fn a_program_that_is_killed_while_the_message_leaves_sends_it_again_with_the_only_code_that_works() {
    let home = office();
    ask(&home);
    // The server takes the whole message and never says that it has it.
    let whole = |server: &Server| server.heard().iter().any(|heard| heard.line == ".");
    let server = approve_and_be_killed(&home, ".", whole);
    let lines: Vec<_> = server.heard().into_iter().map(|heard| heard.line).collect();
    let begin = lines.iter().position(|line| line == "DATA").unwrap();
    let first = code(lines[begin + 1..lines.len() - 1].join("\r\n").as_bytes());
    let second = code_after_restart(&home);
    assert!(first != second && opens(&home, &second) && !opens(&home, &first));
}

#[test]
fn the_glass_is_broken_and_every_screen_says_so_until_the_other_owner_takes_note() {
    let home = office();
    ask(&home);
    let said = home.run_typing(&["recover", "--switch-four-eyes-off"], &[ADA, RECOVERY]);
    assert_eq!(said.code, 0, "{said:?}");
    let banner = "RECOVERY CODE USED";
    let mut tty = sign_in(&home, ADA);
    tty.see(banner).see_not("four-eyes ·").send("6o").see("Another Owner has to take note of this.").see(banner);
    quit(tty);
    let mut tty = sign_in(&home, BO);
    tty.see(banner).send("6").see("Press o to take note").send("o").see("Noted: ").see_not(banner);
    quit(tty);
    let done = ["requested invite_users", "done switch_four_eyes_off", "done take_note"];
    assert_eq!(log(&home)[2..], done);
}
