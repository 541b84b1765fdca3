//! What every screen says about four-eyes: what waits, who was deactivated, that the glass was broken; and how an
//! address is proved anew.
use std::sync::{Arc, Mutex};

use jiff::SignedDuration;
use rolodeck::command::{AssignRoles, DeactivateUser};
use rolodeck::domain::org::Org;
use rolodeck::domain::row::Row;
use rolodeck::domain::security::{Area, Emergency, FourEyes, Rescue};
use rolodeck::domain::user::User;
use rolodeck::engine::{Library, Post, Reply, Report, Request, Worker};
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::mail::{LetterId, MailError, Mailer, Message, Route, Sender, Sent, text_of};

use super::desk::{Desk, LARGE, SMALL};
use super::users::{role, run, session_of, user};

const OTHER: &str = "Mateusz Wiśniewski";

/// Has a second person decide about roles, users and invitations.
pub fn with_four_eyes(org: &mut Org) {
    let mut row = org.organization().unwrap().clone();
    row.security.four_eyes = FourEyes { areas: [Area::Organization, Area::UserManagement].into(), begun: true };
    org.put(Row::Organization(row));
}

/// Files a request behind the back of the screen.
fn file(desk: &mut Desk, session: &Session, name: &str, role_name: &str) {
    let org = desk.worker.view().unwrap().unwrap().org;
    let command = AssignRoles { user: user(&org, name).id, roles: [role(&org, role_name)].into_iter().collect() };
    let answer = desk.worker.serve(Request::Run { session: session.clone(), command: command.into() });
    assert!(matches!(answer, Ok(Reply::Requested { .. })), "{answer:?}");
    desk.app.report(Report::Moved(desk.worker.view().unwrap().unwrap()));
    desk.settle();
}

#[test]
fn a_change_that_waits_says_so_where_it_would_have_said_done() {
    let mut desk = Desk::sample_with(LARGE, with_four_eyes);
    desk.keys("2/external<enter>r").paste(" 2").keys("<enter>");
    desk.see("Nothing changed yet: this waits for a second person.").see("can approve it");
    desk.see(OTHER).see_not("was renamed");
    assert_eq!(desk.app.scene().org.open_requests().count(), 1);
    assert!(desk.app.scene().org.active_roles().any(|role| role.name.as_str() == "External auditor"));
}

#[test]
fn the_header_counts_what_one_can_decide_until_it_expires() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample_with(size, with_four_eyes);
        desk.see("four-eyes").see_not("to approve");
        let session = session_of(&mut desk, OTHER, "Owner");
        file(&mut desk, &session, "Fatima El-Amrani", "External auditor");
        desk.see("1 to approve");
        desk.wait(SignedDuration::from_hours(71)).see("1 to approve");
        desk.wait(SignedDuration::from_hours(1)).see_not("to approve");
        // One's own requests are for others to decide.
        desk.keys("2/external<enter>r").paste(" 2").keys("<enter>").see_not("to approve");
    }
}

#[test]
fn without_four_eyes_the_header_says_nothing() {
    Desk::sample(SMALL).see_not("four-eyes").see_not("to approve");
}

#[test]
fn others_are_told_of_a_deactivation_at_once_and_when_they_come() {
    let mut desk = Desk::sample_with(LARGE, with_four_eyes);
    let session = session_of(&mut desk, OTHER, "Owner");
    let (fatima, by) = (user(&desk.app.scene().org, "Fatima El-Amrani").id, session.person().user);
    let at = desk.weather.outside().now();
    run(&mut desk, &session, DeactivateUser { user: fatima, by, at });
    let told = "Fatima El-Amrani was deactivated by Mateusz Wiśniewski on 2 March, 09:00 UTC";
    desk.see(told).see("never waits for approval");
    desk.keys("2").see_not(told);
    super::users::come_in(&mut desk, "Ingrid Åsgård", "Owner", rolodeck::engine::Change::Allowed);
    desk.see(told);
    // Whoever did it knows.
    super::users::come_in(&mut desk, OTHER, "Owner", rolodeck::engine::Change::Allowed);
    desk.see_not(told);
}

#[test]
fn every_screen_says_that_the_recovery_code_was_used() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample_with(size, |org| {
            let mut row = org.organization().unwrap().clone();
            let claimed = user(org, OTHER).id;
            let emergency = Emergency { at: row.founded, rescue: Rescue::OwnerReset(claimed), claimed };
            row.security.emergencies = vec![emergency];
            org.put(Row::Organization(row));
        });
        for place in ["1", "2", "3", "4", "5", "m"] {
            desk.keys(place).see("RECOVERY CODE USED, 2 March, 09:00 UTC: new passphrase for Mateusz");
        }
    }
}

#[test]
fn one_mailbox_is_one_person_until_somebody_else_declares_otherwise() {
    let mut desk = Desk::sample_with(LARGE, |org| {
        let fatima = user(org, "Fatima El-Amrani").clone();
        let tagged = fatima.address.as_str().replace('@', "+second@");
        let other = user(org, "Thandiwe Mokoena").clone();
        org.put(Row::User(User { address: tagged.parse().unwrap(), ..other }));
    });
    desk.keys("1/thandiwe<enter>w").see("count as one person").keys("<right><enter>").see("They count as two people");
    let org = desk.app.scene().org.clone();
    assert!(user(&org, "Fatima El-Amrani").apart.contains(&user(&org, "Thandiwe Mokoena").id));
    desk.keys("<enter>").see("Other than").see("Fatima El-Amrani");
    desk.keys("w").see("count as one person again").keys("<right><enter>").see("They count as one person now");
    desk.keys("<esc><esc>/ingrid<enter>w").see("Nobody else has the mailbox");
}

/// Takes messages as a mail server would, and keeps them for the test.
struct Postbox {
    sender: Sender,
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Mailer for Postbox {
    fn sender(&self) -> &Sender {
        &self.sender
    }

    fn send(&self, _: &LetterId, message: &Message) -> Result<Sent, MailError> {
        self.taken.lock().unwrap().push(message.eml().to_vec());
        Ok(Sent::Accepted("250 taken".into()))
    }

    fn describe(&self) -> Route {
        Route::Server { server: "mail.example.com:465".into(), encryption: rolodeck::mail::Encryption::Tls }
    }
}

#[test]
fn an_address_is_proved_by_a_code_that_a_mail_server_carried_and_not_by_the_drop_folder() {
    let seen = |org: &mut Org| {
        let by = user(org, OTHER).id;
        let me = user(org, "Ingrid Åsgård").clone();
        org.put(Row::User(User { code_seen_by: [by].into(), ..me }));
    };
    let mut desk = Desk::sample_with(LARGE, seen);
    desk.keys("m").see("Code seen by").see(OTHER);
    desk.keys("v").see("drop folder here, where others can read them").keys("<esc>");
    let taken = Arc::<Mutex<Vec<Vec<u8>>>>::default();
    let sender = Sender::parse("Treasury <treasury@example.com>").unwrap();
    let mailer = Postbox { sender, taken: Arc::clone(&taken) };
    let library = Library::new(desk.folder().to_path_buf());
    let path = desk.folder().join("sample.db");
    let post = Post { mailer: Box::new(mailer), folder: None };
    let outside = desk.weather.outside();
    desk.worker = Worker::new(outside, Cost::least().unwrap(), library, post, rolodeck::engine::Change::Allowed, None);
    desk.worker.open(&path).unwrap();
    desk.keys("v").see("A code went to").paste("000000").keys("<enter>").see("This is not the code");
    let text = text_of(taken.lock().unwrap().last().unwrap()).unwrap();
    let code = text.split_whitespace().find(|word| word.len() == 6 && word.bytes().all(|c| c.is_ascii_digit()));
    desk.keys("<ctrl-u>").paste(code.unwrap()).keys("<enter>").see("Your address is proved.").see_not("Code seen by");
    assert!(user(&desk.app.scene().org, "Ingrid Åsgård").code_seen_by.is_empty());
}
