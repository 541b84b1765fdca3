//! Conversations with a real mail server.
use std::time::Duration;

use mailin::AuthMechanism;

use super::server::{Offer, PASSWORD, Server, Twist, USER};
use super::*;
use crate::mail::{Encryption, Login, MailError, Mailer, Password, Retry, Sent, Smtp, SmtpServer, text_of};

pub(super) const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn to(server: &Server, encryption: Encryption) -> SmtpServer {
    SmtpServer {
        host: "localhost".to_owned(),
        port: server.port,
        encryption,
        login: None,
        from: sender(),
        extra_ca: Some(server.ca.clone()),
        timeout: PATIENCE,
    }
}

pub(super) fn login(password: &str) -> Option<Login> {
    Some(Login { user: USER.to_owned(), password: Password::new(password.to_owned()) })
}

pub(super) fn send(server: SmtpServer) -> Result<Sent, MailError> {
    Smtp::new(server).unwrap().send(&letter_id(), &written(&verification()))
}

pub(super) fn assert_arrived(server: &Server) {
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].from, "treasury@example.com");
    assert_eq!(received[0].to, ["ana@example.com"]);
    let expected = String::from_utf8(written(&verification()).eml().to_vec()).unwrap();
    let arrived = String::from_utf8(received[0].data.clone()).unwrap();
    assert_eq!(arrived.trim_end(), expected.trim_end());
}

pub(super) fn nothing_of_the_letter_was_heard(server: &Server) {
    assert!(server.received().is_empty());
    for heard in server.heard() {
        let line = heard.line.to_uppercase();
        assert!(line.starts_with("EHLO ") || line == "QUIT", "{line}");
    }
}

#[test]
fn a_message_arrives_unencrypted_on_this_machine() {
    let server = Server::start(Offer::default());
    let sent = send(to(&server, Encryption::NoneOnThisMachine)).unwrap();
    assert_eq!(sent, Sent::Accepted("2.0.0 queued as 4711".to_owned()));
    assert_arrived(&server);
}

#[test]
fn a_message_arrives_through_starttls_and_nothing_but_greetings_goes_in_the_clear() {
    let server = Server::start(Offer { starttls: true, ..Offer::default() });
    send(to(&server, Encryption::StartTls)).unwrap();
    assert_arrived(&server);
    let clear = server.heard_in_the_clear();
    assert_eq!(clear.len(), 2, "{clear:?}");
    assert!(clear[0].starts_with("EHLO ") && clear[1] == "STARTTLS", "{clear:?}");
}

#[test]
fn a_message_arrives_through_tls() {
    let server = Server::start(Offer { tls: true, ..Offer::default() });
    send(to(&server, Encryption::Tls)).unwrap();
    assert_arrived(&server);
    assert!(server.heard_in_the_clear().is_empty());
}

#[test]
fn a_certificate_for_an_ip_address_is_fine() {
    let server = Server::start(Offer { tls: true, ..Offer::default() });
    send(SmtpServer { host: "127.0.0.1".to_owned(), ..to(&server, Encryption::Tls) }).unwrap();
    assert_arrived(&server);
}

#[test]
fn several_messages_arrive_one_after_the_other() {
    let server = Server::start(Offer { tls: true, ..Offer::default() });
    let smtp = Smtp::new(to(&server, Encryption::Tls)).unwrap();
    for address in ["ana@example.com", "ben@example.com", "cyd@bücher.example"] {
        smtp.send(&letter_id(), &written(&invite(address, invitation()))).unwrap();
    }
    let recipients: Vec<String> = server.received().into_iter().flat_map(|message| message.to).collect();
    assert_eq!(recipients, ["ana@example.com", "ben@example.com", "cyd@xn--bcher-kva.example"]);
}

#[test]
fn a_server_that_offers_no_starttls_gets_nothing() {
    let server = Server::start(Offer { sign_in: vec![AuthMechanism::Plain], ..Offer::default() });
    let refusal = send(SmtpServer { login: login(PASSWORD), ..to(&server, Encryption::StartTls) }).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-not-encrypted", Retry::AfterRepair));
    nothing_of_the_letter_was_heard(&server);
}

#[test]
fn a_server_that_cannot_encrypt_at_the_moment_gets_nothing() {
    let server = Server::start(Offer {
        starttls: true,
        twist: Some(("STARTTLS", Twist::Answer("454 4.7.0 TLS not available"))),
        ..Offer::default()
    });
    let refusal = send(to(&server, Encryption::StartTls)).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-put-off", Retry::Later));
    assert!(server.heard_in_the_clear().iter().all(|line| !line.starts_with("MAIL")));
    assert!(server.received().is_empty());
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    for (tls, encryption) in [(true, Encryption::Tls), (false, Encryption::StartTls)] {
        let server = Server::start(Offer { tls, starttls: !tls, ..Offer::default() });
        let refusal = send(SmtpServer { extra_ca: None, ..to(&server, encryption) }).unwrap_err();
        assert_eq!((refusal.code(), refusal.retry()), ("mail-server-untrusted", Retry::AfterRepair));
        assert!(refusal.hint().contains("ca_file"));
        assert!(server.received().is_empty());
    }
}

#[test]
fn a_certificate_for_another_name_is_not_trusted() {
    let server = Server::start(Offer { tls: true, ..Offer::default() });
    let refusal = send(SmtpServer { host: "127.0.0.2".to_owned(), ..to(&server, Encryption::Tls) });
    // Some systems have no second loopback address; there, the server is out of reach instead.
    let code = refusal.unwrap_err().code();
    assert!(["mail-server-untrusted", "mail-server-unreachable"].contains(&code), "{code}");
    assert!(server.received().is_empty());
}

#[test]
fn tls_with_a_server_that_begins_in_the_clear_is_said_to_be_untrustworthy() {
    let server = Server::start(Offer::default());
    let refusal = send(to(&server, Encryption::Tls)).unwrap_err();
    assert_eq!(refusal.code(), "mail-server-untrusted", "{refusal}");
    assert!(refusal.hint().contains("port and tls"), "{}", refusal.hint());
}

#[test]
fn an_unencrypted_connection_to_another_machine_has_to_be_allowed() {
    let server = Server::start(Offer::default());
    let elsewhere = SmtpServer { host: "mail.example.com".to_owned(), ..to(&server, Encryption::NoneOnThisMachine) };
    let refusal = Smtp::new(elsewhere.clone()).unwrap_err();
    assert_eq!(refusal.code(), "mail-server-unusable");
    assert!(Smtp::new(SmtpServer { encryption: Encryption::NoneAnywhere, ..elsewhere }).is_ok());
}

#[test]
fn certificates_that_are_none_are_refused_before_anything_is_sent() {
    let server = Server::start(Offer::default());
    for pem in ["", "hello", "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"] {
        let wrong = SmtpServer { extra_ca: Some(pem.into()), ..to(&server, Encryption::Tls) };
        assert_eq!(Smtp::new(wrong).unwrap_err().code(), "mail-server-unusable", "{pem:?}");
    }
}

#[test]
fn an_address_beyond_ascii_needs_a_server_that_takes_it() {
    let message = written(&invite("žofie@example.com", invitation()));
    let server = Server::start(Offer::default());
    let smtp = Smtp::new(to(&server, Encryption::NoneOnThisMachine)).unwrap();
    let refusal = smtp.send(&letter_id(), &message).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-refused", Retry::Never));
    assert!(refusal.to_string().contains("žofie@example.com"), "{refusal}");

    let able = Twist::Answer("250-mail.example.com\r\n250-8BITMIME\r\n250 SMTPUTF8");
    let server = Server::start(Offer { twist: Some(("EHLO", able)), ..Offer::default() });
    let smtp = Smtp::new(to(&server, Encryption::NoneOnThisMachine)).unwrap();
    // The server's protocol knows no SMTPUTF8 and goes no further; what counts is what it was told.
    assert!(smtp.send(&letter_id(), &message).is_err());
    let told = "MAIL FROM:<treasury@example.com> SMTPUTF8 BODY=8BITMIME";
    assert!(server.heard().iter().any(|heard| heard.line == told), "{:?}", server.heard());
}

#[test]
fn a_line_that_begins_with_a_dot_arrives_whole() {
    let server = Server::start(Offer::default());
    let smtp = Smtp::new(to(&server, Encryption::NoneOnThisMachine)).unwrap();
    let message = written(&invite(
        "ben@example.com",
        Invitation { inviter: ".".to_owned(), organization: ".".to_owned(), ..invitation() },
    ));
    smtp.send(&letter_id(), &message).unwrap();
    let arrived = server.received();
    assert_eq!(arrived.len(), 1);
    assert_eq!(text_of(&arrived[0].data), text_of(message.eml()));
}

#[test]
fn the_way_of_a_message_is_described_without_the_password() {
    let server = Server::start(Offer::default());
    let smtp = Smtp::new(SmtpServer { login: login(PASSWORD), ..to(&server, Encryption::StartTls) }).unwrap();
    assert_eq!(smtp.describe().to_string(), format!("the mail server localhost:{} (STARTTLS)", server.port));
    assert!(!format!("{smtp:?}").contains(PASSWORD));
}
