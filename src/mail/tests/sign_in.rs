//! User and password at a real mail server.
use mailin::AuthMechanism;

use super::server::{Offer, PASSWORD, Server};
use super::smtp::{assert_arrived, login, nothing_of_the_letter_was_heard, send, to};
use crate::mail::{Encryption, Retry, SmtpServer};

#[test]
fn user_and_password_are_accepted_both_ways_and_only_through_encryption() {
    for way in [AuthMechanism::Plain, AuthMechanism::Login] {
        for (tls, encryption) in [(true, Encryption::Tls), (false, Encryption::StartTls)] {
            let server = Server::start(Offer { tls, starttls: !tls, sign_in: vec![way.clone()], twist: None });
            send(SmtpServer { login: login(PASSWORD), ..to(&server, encryption) }).unwrap();
            assert_arrived(&server);
            assert!(!server.heard_in_the_clear().iter().any(|line| line.contains("AUTH")));
        }
    }
}

#[test]
fn a_wrong_password_is_said_and_waits_for_a_repair() {
    for way in [AuthMechanism::Plain, AuthMechanism::Login] {
        let server = Server::start(Offer { tls: true, sign_in: vec![way], ..Offer::default() });
        let refusal = send(SmtpServer { login: login("opensesame"), ..to(&server, Encryption::Tls) }).unwrap_err();
        assert_eq!((refusal.code(), refusal.retry()), ("mail-sign-in", Retry::AfterRepair));
        let sentence = refusal.to_string();
        assert!(sentence.contains("did not accept the user or the password: 535"), "{sentence}");
        assert!(!format!("{refusal:?} {sentence}").contains("opensesame"));
        assert!(server.received().is_empty());
    }
}

#[test]
fn a_server_without_any_sign_in_is_told_no_password() {
    let server = Server::start(Offer { tls: true, ..Offer::default() });
    let refusal = send(SmtpServer { login: login(PASSWORD), ..to(&server, Encryption::Tls) }).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-no-sign-in", Retry::AfterRepair));
    nothing_of_the_letter_was_heard(&server);
}

#[test]
fn a_server_that_wants_a_sign_in_refuses_the_sender_and_waits_for_a_repair() {
    let server = Server::start(Offer { tls: true, sign_in: vec![AuthMechanism::Plain], ..Offer::default() });
    let refusal = send(to(&server, Encryption::Tls)).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-rejected", Retry::AfterRepair));
}
