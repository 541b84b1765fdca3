//! Plain mode: what is said on every screen, and the jobs done by answers alone.
use std::process::{Command as Process, Stdio};

use rolodeck::tui::plain::Talk;

use crate::desk::{Desk, SMALL};
use crate::sizes::{PLACES, unruly};
use crate::tty::Tty;

const PASSPHRASE: &str = "correct horse battery staple 9";

/// A conversation at a desk.
struct Conversation {
    desk: Desk,
    talk: Talk,
    said: String,
}

impl Conversation {
    fn at(desk: Desk) -> Self {
        let mut desk = desk.told();
        let mut talk = Talk::new(false);
        let said = talk.say(&mut desk.app);
        Self { desk, talk, said }
    }

    /// Answers, and listens.
    fn answer(&mut self, answer: &str) -> &mut Self {
        let remark = self.talk.hear(&mut self.desk.app, answer);
        self.desk.settle();
        self.said = remark.unwrap_or_else(|| self.talk.say(&mut self.desk.app));
        self
    }

    /// Answers with the number that stands before these words.
    #[track_caller]
    fn number_of(&mut self, words: &str) -> &mut Self {
        self.answer(":look");
        let found = self.said.lines().find_map(|line| {
            let before = line.split_once(words)?.0;
            let (number, _) = before.rsplit_once(") ").filter(|(_, rest)| !rest.contains("  "))?;
            number.rsplit(' ').next()
        });
        let number = found.unwrap_or_else(|| panic!("“{words}” has no number:\n{}", self.said)).to_owned();
        self.answer(&number)
    }

    #[track_caller]
    fn hear(&mut self, words: &str) -> &mut Self {
        assert!(self.said.contains(words), "“{words}” is not said:\n{}", self.said);
        self
    }
}

#[test]
fn every_screen_is_told_in_lines_alone() {
    for place in PLACES {
        for org in [|_: &mut _| {}, unruly] {
            let mut desk = Desk::sample_with(SMALL, org).told();
            desk.keys(place);
            let mut talk = Talk::new(false);
            let said = talk.say(&mut desk.app);
            let strange = |c: char| c.is_control() && c != '\n' || ('\u{2500}'..='\u{25ff}').contains(&c);
            let ours = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
            assert!(!said.contains(strange) && !said.contains(ours), "{place}: {said:?}");
            assert!(!said.contains("<U+E0"), "{place}: a symbol is taken for somebody's text: {said}");
            assert!(said.lines().count() > 3, "{place}: {said}");
            let told = desk.app.told();
            if said.ends_with("Number or word (? for help): ") {
                let silent = ["Up", "Down", "Next part", "Other answer"];
                for offer in told.offers.iter().filter(|offer| !silent.contains(&offer.label)) {
                    assert!(said.contains(&format!(") {}", offer.label)), "{place}: {} in {said}", offer.label);
                }
            }
            // Everything that can be done is in the help, with its sentence.
            let help = talk.hear(&mut desk.app, ":?").unwrap();
            for offer in told.offers.iter().chain(&told.everywhere) {
                assert!(help.contains(offer.about), "{place}: {} in {help}", offer.about);
            }
        }
    }
}

#[test]
fn nothing_is_said_twice() {
    let mut talk = Conversation::at(Desk::sample(SMALL));
    talk.answer("users").hear("== User management > Users ==").hear("Anouk Lefèvre");
    talk.number_of("Chiara Bianchi").hear("Chiara Bianchi").hear("(here)");
    assert!(!talk.said.contains("Anouk Lefèvre,"), "{}", talk.said);
    talk.answer("look").hear("Anouk Lefèvre").hear("SAMPLE ORGANIZATION");
    talk.answer("nonsense of all kinds").hear("“nonsense of all kinds” is no answer here");
    talk.answer("roles").hear("== User management > Roles ==");
    assert!(!talk.said.contains("SAMPLE ORGANIZATION"), "{}", talk.said);
}

#[test]
fn an_organization_is_set_up_by_answers() {
    let mut talk = Conversation::at(Desk::empty(SMALL));
    talk.hear("Create New Account").answer("Ada Lovelace").answer("ada@example.com");
    assert!(talk.talk.hides());
    talk.answer(PASSPHRASE).answer(PASSPHRASE).hear("Verify your email address");
    assert!(!talk.talk.hides());
    let letters = talk.desk.letters();
    let code = letters[0].1.lines().map(str::trim).find(|line| line.len() == 6 && line.parse::<u32>().is_ok());
    talk.answer(code.unwrap()).hear("Log in to the dashboard").answer("something else").hear("Wrong:");
    talk.answer(PASSPHRASE).hear("Name your organization").answer("Northwind");
    talk.hear("(x) Start Fresh").answer("create organization").hear("Your recovery code");
    talk.answer("written").hear("== Overview ==").hear("Northwind: signed in as Ada Lovelace, Owner.");
}

#[test]
fn people_are_invited_by_answers() {
    let mut talk = Conversation::at(Desk::sample(SMALL));
    talk.answer("users").answer("invite").hear("Invite").answer("zoe.new@lumbrevik.example.com");
    talk.number_of("Dashboard designer").hear("[x] Dashboard designer");
    talk.answer("create").hear("OK:");
    let org = talk.desk.worker.view().unwrap().unwrap().org;
    assert!(org.invitations().values().any(|open| open.address.as_str() == "zoe.new@lumbrevik.example.com"));
}

#[test]
fn a_role_is_built_by_answers() {
    let mut talk = Conversation::at(Desk::sample(SMALL));
    talk.answer("roles").answer("create new").hear("Least privilege");
    talk.number_of("Manage dashboard").number_of("Manage dashboard").hear("[x] Manage dashboard");
    talk.answer("select accounts").hear("All future entities").answer("see role summary").answer("Board of dashboards");
    talk.hear("OK: The role “Board of dashboards” was created.");
    let org = talk.desk.worker.view().unwrap().unwrap().org;
    assert!(org.active_roles().any(|role| role.name.as_str() == "Board of dashboards"));
}

/// The built program, with its answers in a pipe.
fn piped(home: &std::path::Path, arguments: &[&str], variables: &[(&str, &str)], answers: &str) -> (String, bool) {
    let mut command = Process::new(env!("CARGO_BIN_EXE_rolodeck"));
    command.args(arguments).env_clear().env("HOME", home).env("LANG", "C.UTF-8");
    command.envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), answers.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

#[test]
fn the_program_itself_talks_where_it_is_asked_to_and_where_nothing_else_works() {
    let home = tempfile::tempdir().unwrap();
    let first = piped(home.path(), &["--sample", "--plain"], &[], "users\nquit\n");
    let second = piped(home.path(), &["--sample"], &[("TERM", "dumb")], "users\nquit\n");
    for (said, success) in [first, second] {
        assert!(success && said.contains("Anouk Lefèvre"), "{said}");
        assert!(!said.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    }
    // The end of the answers is the end of the program.
    assert!(piped(home.path(), &["--sample", "--plain"], &[], "").1);
}

#[test]
#[cfg(target_os = "linux")]
fn it_stops_and_comes_back_and_hides_a_passphrase_again() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(home.path(), &["--plain"], (120, 40));
    tty.see("Name (:? for help)").send("\x1a").until_process_is('T').signal("CONT");
    tty.send("Ada Lovelace\n").see("E-mail (:?").send("ada@example.com\n").see("passphrase (:?").until_silent();
    tty.signal("TSTP");
    assert!(tty.until_process_is('T').echoes(), "a shell would not show what is typed");
    tty.signal("CONT");
    tty.until_silent().send(&format!("{PASSPHRASE}\n")).see("The same again (:?");
    assert!(!tty.screen().contains("horse"), "{}", tty.screen());
    tty.signal("INT");
    assert_eq!(tty.end(), 130);
}

#[test]
fn a_passphrase_is_not_seen_while_it_is_typed() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(home.path(), &["--plain"], (120, 40));
    tty.see("Name (:? for help)")
        .send("Ada Lovelace\n")
        .see("E-mail (:?")
        .send("ada@example.com\n")
        .see("passphrase (:?");
    tty.until_silent().send(&format!("{PASSPHRASE}\n")).see("The same again (:?").until_silent();
    assert!(!tty.screen().contains("horse"), "{}", tty.screen());
    tty.signal("INT");
    assert_eq!(tty.end(), 130);
    assert!(tty.echoes(), "what is typed is not shown any more");
}
