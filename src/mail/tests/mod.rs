//! The messages, the folder and the mail server, as somebody outside sees them.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod folder;
mod letters;
mod refusals;
mod server;
mod sign_in;
mod smtp;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Checkpoint, Code, Content, Invitation, Letter, LetterId, Message, Postmark, Sender, Verification, shown};

const NOW: &str = "2026-11-23T06:40:12Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn code(text: &str) -> Code {
    Code::new(text.to_owned()).unwrap()
}

fn sender() -> Sender {
    Sender::parse("Example Treasury <treasury@example.com>").unwrap()
}

fn verification() -> Letter {
    Letter {
        to: "ana@example.com".to_owned(),
        name: Some("Ana Nováková".to_owned()),
        content: Content::Verification(Verification { code: code("483920"), until: at("2026-11-23T06:55:12Z") }),
    }
}

fn invitation() -> Invitation {
    Invitation {
        organization: "Example Holding".to_owned(),
        inviter: "Ana Nováková".to_owned(),
        inviter_address: "ana@example.com".to_owned(),
        roles: vec!["Payments".to_owned(), "Viewer".to_owned()],
        code: code("RLX7-QM2A-PV9D"),
        until: at("2026-11-30T06:40:00Z"),
    }
}

fn invite(to: &str, invitation: Invitation) -> Letter {
    Letter { to: to.to_owned(), name: None, content: Content::Invitation(invitation) }
}

fn written(letter: &Letter) -> Message {
    letter.write(&Postmark { sender: &sender(), now: at(NOW), random: [7; 16] }).unwrap()
}

fn letter_id() -> LetterId {
    LetterId::new(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001), 2)
}
