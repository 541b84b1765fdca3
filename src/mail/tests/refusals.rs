//! Mail servers that refuse, break off or make no sense.
use std::net::TcpListener;
use std::time::Duration;

use super::server::{Offer, Server, Twist};
use super::smtp::{PATIENCE, send, to};
use super::*;
use crate::mail::{Encryption, MailError, Retry, SmtpServer};

fn plain_with(start: &'static str, twist: Twist) -> (Server, MailError) {
    let server = Server::start(Offer { twist: Some((start, twist)), ..Offer::default() });
    let refusal = send(to(&server, Encryption::NoneOnThisMachine)).unwrap_err();
    (server, refusal)
}

#[test]
fn a_server_that_is_down_is_tried_again_later() {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let refusal = send(SmtpServer {
        host: "127.0.0.1".to_owned(),
        port,
        encryption: Encryption::NoneOnThisMachine,
        login: None,
        from: sender(),
        extra_ca: None,
        timeout: PATIENCE,
    })
    .unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-server-unreachable", Retry::Later));
    assert!(refusal.to_string().contains(&format!("127.0.0.1:{port}")), "{refusal}");
}

#[test]
fn a_server_that_says_nothing_is_given_up_after_the_timeout() {
    for (start, twist) in [("", Twist::Silence), ("RCPT", Twist::Silence)] {
        let server = Server::start(Offer { twist: Some((start, twist)), ..Offer::default() });
        let impatient =
            SmtpServer { timeout: Duration::from_millis(200), ..to(&server, Encryption::NoneOnThisMachine) };
        let refusal = send(impatient).unwrap_err();
        assert_eq!((refusal.code(), refusal.retry()), ("mail-server-unreachable", Retry::Later));
        assert!(refusal.to_string().contains("it did not answer in time"), "{refusal}");
    }
}

#[test]
fn a_server_that_hangs_up_at_any_moment_is_tried_again_later() {
    for start in ["", "EHLO", "MAIL", "RCPT", "DATA", "FROM:", "."] {
        let (server, refusal) = plain_with(start, Twist::HangUp);
        assert_eq!(refusal.retry(), Retry::Later, "at {start:?}: {refusal}");
        assert_eq!(refusal.code(), "mail-server-unreachable", "at {start:?}: {refusal}");
        assert!(server.received().is_empty());
    }
}

#[test]
fn a_server_that_is_busy_puts_the_letter_off() {
    for (start, answer) in [
        ("", "421 4.3.2 too many connections"),
        ("MAIL", "452 4.3.1 out of room"),
        ("RCPT", "450 4.7.1 greylisted, come back in five minutes"),
        ("DATA", "451 4.3.0 try again"),
        (".", "451 4.3.0 try again"),
    ] {
        let (server, refusal) = plain_with(start, Twist::Answer(answer));
        assert_eq!((refusal.code(), refusal.retry()), ("mail-put-off", Retry::Later), "{refusal}");
        assert!(refusal.to_string().contains(answer), "{refusal}");
        assert!(server.received().is_empty());
    }
}

#[test]
fn a_recipient_or_message_that_is_turned_down_is_not_tried_again() {
    for (start, answer) in
        [("RCPT", "550 5.1.1 nobody of that name here"), ("DATA", "554 5.7.1 not today"), (".", "552 5.3.4 too large")]
    {
        let (server, refusal) = plain_with(start, Twist::Answer(answer));
        assert_eq!((refusal.code(), refusal.retry()), ("mail-refused", Retry::Never), "{refusal}");
        let sentence = refusal.to_string();
        assert!(sentence.contains(answer) && sentence.contains("ana@example.com"), "{sentence}");
        assert!(server.received().is_empty());
    }
}

#[test]
fn what_every_letter_would_meet_waits_for_a_repair() {
    for (start, answer) in [
        ("", "554 5.3.2 no service for you"),
        ("EHLO", "502 5.5.1 what is that"),
        ("MAIL", "553 5.7.1 that sender is not yours"),
    ] {
        let (_server, refusal) = plain_with(start, Twist::Answer(answer));
        assert_eq!((refusal.code(), refusal.retry()), ("mail-rejected", Retry::AfterRepair), "{refusal}");
        assert!(refusal.to_string().contains(answer), "{refusal}");
    }
}

#[test]
fn something_that_is_no_mail_server_is_said_to_make_no_sense() {
    let (_server, refusal) = plain_with("", Twist::Answer("HTTP/1.1 400 Bad Request"));
    assert_eq!((refusal.code(), refusal.retry()), ("mail-nonsense", Retry::Later));
    assert!(refusal.to_string().ends_with("HTTP/1.1 400 Bad Request."), "{refusal}");
}

#[test]
fn a_reply_that_does_not_belong_here_is_no_confirmation() {
    for (start, answer) in [("DATA", "250 fine"), (".", "354 go on")] {
        let (server, refusal) = plain_with(start, Twist::Answer(answer));
        assert_eq!((refusal.code(), refusal.retry()), ("mail-nonsense", Retry::Later), "{refusal}");
        assert!(server.received().is_empty());
    }
}

#[test]
fn a_reply_that_somebody_put_in_before_the_encryption_does_not_pass_for_a_confirmation() {
    let server = Server::start(Offer {
        starttls: true,
        twist: Some(("STARTTLS", Twist::Insert("250 put in on the way\r\n"))),
        ..Offer::default()
    });
    let refusal = send(to(&server, Encryption::StartTls)).unwrap_err();
    assert_eq!((refusal.code(), refusal.retry()), ("mail-nonsense", Retry::Later), "{refusal}");
    assert!(server.received().is_empty());
}

#[test]
fn what_a_server_says_is_shown_visibly() {
    let (_server, refusal) = plain_with("RCPT", Twist::Answer("550 \u{1b}[2Jgone \u{202e}elif"));
    let visible = format!("550 {}[2Jgone {}elif", shown("\u{1b}"), shown("\u{202e}"));
    assert!(refusal.to_string().contains(&visible), "{refusal}");
}
