//! A letter as a message in the format of RFC 5322.
use std::fmt;

use jiff::Timestamp;
use lettre::Address;
use lettre::address::Envelope;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};

use super::address::deliverable;
use super::error::MailError;
use super::letter::Letter;
use super::sender::Sender;
use super::template;
use super::untrusted::{is_plain, shown};

/// What a message needs from outside: who sends it, when, and 16 random bytes that make it the only one of its
/// kind.
#[derive(Debug, Clone, Copy)]
pub struct Postmark<'a> {
    /// The From line: see [`super::Mailer::sender`].
    pub sender: &'a Sender,
    /// The Date line.
    pub now: Timestamp,
    /// For the Message-ID.
    pub random: [u8; 16],
}

/// A message that is ready to leave. It contains a one-time code, so it shows its recipient only.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    to: Address,
    eml: Vec<u8>,
}

impl Message {
    /// The whole message, headers and body, as an `.eml` file has it.
    #[must_use]
    pub fn eml(&self) -> &[u8] {
        &self.eml
    }

    /// The recipient, in the form that mail servers understand.
    #[must_use]
    pub fn recipient(&self) -> &str {
        self.to.as_ref()
    }

    pub(super) fn to(&self) -> &Address {
        &self.to
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("to", &self.recipient()).finish_non_exhaustive()
    }
}

impl Letter {
    /// Writes the message.
    ///
    /// # Errors
    /// [`MailError::Address`] when the recipient cannot be addressed, [`MailError::Text`] or
    /// [`MailError::Composition`] when a text does not fit into a message.
    pub fn write(&self, postmark: &Postmark<'_>) -> Result<Message, MailError> {
        let to = deliverable(&self.to)?;
        let text = template::text(&self.content, self.name.as_deref(), postmark.now);
        let refusal = |detail: &dyn fmt::Display| MailError::Composition {
            address: shown(&self.to),
            detail: shown(&detail.to_string()),
        };
        let from = postmark.sender.address().clone();
        let envelope = Envelope::new(Some(from), vec![to.clone()]).map_err(|e| refusal(&e))?;
        let message = lettre::Message::builder()
            .envelope(envelope)
            .from(postmark.sender.mailbox())
            .to(Mailbox::new(display_name(self.name.as_deref())?, to.clone()))
            .date(postmark.now.max(Timestamp::UNIX_EPOCH).into())
            .message_id(Some(message_id(postmark)))
            .subject(text.subject)
            .header(AutoSubmitted)
            .singlepart(SinglePart::plain(text.body))
            .map_err(|e| refusal(&e))?;
        Ok(Message { to, eml: message.formatted() })
    }
}

/// The recipient's name for the To line. A line break in it would end the program (lettre panics on it), so it is
/// checked after it was made visible, too.
fn display_name(name: Option<&str>) -> Result<Option<String>, MailError> {
    let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let name = shown(name);
    if is_plain(&name) { Ok(Some(name)) } else { Err(MailError::Text { what: "The recipient's name" }) }
}

fn message_id(postmark: &Postmark<'_>) -> String {
    let unique: String = postmark.random.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("<{unique}@{}>", postmark.sender.address().domain())
}

/// Tells autoresponders to stay silent (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
