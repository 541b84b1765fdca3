//! The engine with a real mail server: nothing is lost, and only the newest code works.
use std::time::Duration;

use jiff::SignedDuration;
use rolodeck::command::{Found, ResendInvitations};
use rolodeck::domain::id::InvitationId;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::engine::{Change, Library, Post, Reply, Request, Worker};
use rolodeck::ledger::actor::Session;
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::{Secret, Secrets};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{DeliveryState, Store};
use rolodeck::mail::{Encryption, Sender, Smtp, SmtpServer, text_of};

use crate::desk::Weather;

#[path = "../../src/mail/tests/server.rs"]
#[expect(dead_code, reason = "a server for more tests than these")]
pub mod server;

use server::{Offer, Server};

/// A port of this machine on which nobody listens.
fn closed_port() -> u16 {
    std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

fn post(port: u16) -> Post {
    let server = SmtpServer {
        host: "127.0.0.1".into(),
        port,
        encryption: Encryption::NoneOnThisMachine,
        login: None,
        from: Sender::parse("rolodeck <rolodeck@example.com>").unwrap(),
        extra_ca: None,
        timeout: Duration::from_secs(20),
    };
    Post { mailer: Box::new(Smtp::new(server).unwrap()), folder: None }
}

struct Office {
    weather: Weather,
    folder: tempfile::TempDir,
    session: Option<Session>,
}

impl Office {
    /// A sample on disk: four invitations can be sent, one is expired.
    fn open() -> Self {
        let (weather, folder) = (Weather::new(), tempfile::tempdir().unwrap());
        let outside = weather.outside();
        let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        let role = org.owner_role().unwrap().id;
        let user = org.holders(role).next().unwrap().id;
        let mut store = Store::create(&folder.path().join("sample.db"), Nature::Sample).unwrap();
        let proof = signin::found(&mut store, &outside, Found { org }, &Secrets::none(), user).unwrap().unwrap();
        let session = signin::enter(&mut store, &outside, &proof, role).unwrap().unwrap();
        Self { weather, folder, session: Some(session) }
    }

    fn worker(&self, port: u16) -> Worker {
        let library = Library::new(self.folder.path().to_path_buf());
        let cost = Cost::least().unwrap();
        let mut worker = Worker::new(self.weather.outside(), cost, library, post(port), Change::Allowed, None);
        worker.open(&self.folder.path().join("sample.db")).unwrap();
        worker
    }
}

fn deliver(worker: &mut Worker) {
    while worker.idle().unwrap().more {}
}

fn states(worker: &Worker) -> Vec<DeliveryState> {
    let mut states: Vec<_> =
        worker.view().unwrap().unwrap().deliveries.values().map(|delivery| delivery.state).collect();
    states.sort_by_key(|state| format!("{state:?}"));
    states
}

/// The code in a message.
fn code(eml: &[u8]) -> String {
    let text = text_of(eml).unwrap();
    let words = text.split(|c: char| !c.is_ascii_hexdigit());
    words.filter(|word| word.len() == 64).map(str::to_owned).next().unwrap()
}

fn opens(worker: &mut Worker, code: &str) -> bool {
    matches!(worker.serve(Request::CheckCode { code: Secret::from(code) }), Ok(Reply::Invitation { .. }))
}

#[test]
fn a_server_that_is_down_delays_and_is_shown_and_nothing_is_lost() {
    let office = Office::open();
    let mut worker = office.worker(closed_port());
    deliver(&mut worker);
    use DeliveryState::{Failed, Sent, Waiting};
    assert_eq!(states(&worker), [Failed, Waiting, Waiting, Waiting, Waiting]);
    let view = worker.view().unwrap().unwrap();
    let waiting: Vec<_> = view.deliveries.values().filter(|delivery| delivery.state == Waiting).collect();
    assert!(waiting.iter().all(|delivery| delivery.tries == 1 && delivery.last_error.is_some()));

    deliver(&mut worker);
    let again = worker.view().unwrap().unwrap();
    assert!(again.deliveries.values().all(|delivery| delivery.tries <= 1), "it is not tried again at once");
    drop(worker);

    let server = Server::start(Offer::default());
    office.weather.wait(SignedDuration::from_secs(31));
    let mut worker = office.worker(server.port);
    deliver(&mut worker);
    assert_eq!(states(&worker), [Failed, Sent, Sent, Sent, Sent]);
    let received = server.received();
    assert_eq!(received.len(), 4);
    for message in &received {
        assert!(opens(&mut worker, &code(&message.data)), "a code that was sent opens its invitation");
    }
}

#[test]
fn after_a_resend_only_the_new_code_works() {
    let office = Office::open();
    let server = Server::start(Offer::default());
    let mut worker = office.worker(server.port);
    deliver(&mut worker);
    let old: Vec<_> = server.received().iter().map(|message| (message.to.clone(), code(&message.data))).collect();

    office.weather.wait(SignedDuration::from_secs(5));
    let view = worker.view().unwrap().unwrap();
    let invitations: std::collections::BTreeSet<InvitationId> = view.org.invitations().keys().copied().collect();
    let command = ResendInvitations { invitations, at: office.weather.outside().now() };
    let session = office.session.clone().unwrap();
    worker.serve(Request::Run { session, command: command.into() }).unwrap();
    for (_, code) in &old {
        assert!(!opens(&mut worker, code), "the old code dies with the resend, not with the new message");
    }
    deliver(&mut worker);
    let new = server.received().split_off(old.len());
    assert_eq!(new.len(), 5, "the expired one is sent again too");
    for message in &new {
        assert!(opens(&mut worker, &code(&message.data)));
    }
}
