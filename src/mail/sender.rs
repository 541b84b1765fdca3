//! Who a message comes from.
use std::fmt;

use lettre::Address;
use lettre::message::Mailbox;

use super::address::deliverable;
use super::error::MailError;
use super::untrusted::{is_plain, shown};

/// The name and address that stand in the From line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    name: Option<String>,
    address: Address,
}

impl Sender {
    /// Reads `treasury@example.com` or `Treasury <treasury@example.com>`.
    ///
    /// # Errors
    /// [`MailError::Address`] for what is not an address, [`MailError::Text`] for a name with line breaks or
    /// other invisible characters.
    pub fn parse(text: &str) -> Result<Self, MailError> {
        let text = text.trim();
        let Some(inner) = text.strip_suffix('>') else {
            return Ok(Self { name: None, address: deliverable(text)? });
        };
        let (name, address) = inner.rsplit_once('<').ok_or_else(|| MailError::Address { address: shown(text) })?;
        let name = name.trim().trim_matches('"').trim();
        if !is_plain(name) {
            return Err(MailError::Text { what: "The sender's name" });
        }
        let name = (!name.is_empty()).then(|| shown(name));
        Ok(Self { name, address: deliverable(address.trim())? })
    }

    /// The sender of messages that only go to a folder of this machine.
    #[must_use]
    pub(super) fn of_this_machine() -> Self {
        let address = Address::new_dangerous("rolodeck", "localhost");
        Self { name: Some("rolodeck".to_owned()), address }
    }

    /// The bare address, as a mail server wants it.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.name.clone(), self.address.clone())
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => self.address.fmt(f),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn an_address_alone_and_with_a_name_are_read() {
        for (text, shown) in [
            ("treasury@example.com", "treasury@example.com"),
            ("Treasury <treasury@example.com>", "Treasury <treasury@example.com>"),
            (" \"Treasury, Ltd\"  < treasury@example.com > ", "Treasury, Ltd <treasury@example.com>"),
            ("<treasury@example.com>", "treasury@example.com"),
        ] {
            assert_eq!(Sender::parse(text).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn a_line_break_in_the_name_is_refused() {
        let refusal = Sender::parse("Treasury\r\nBcc: eve <treasury@example.com>").unwrap_err();
        assert_eq!(refusal.code(), "mail-text");
    }

    #[test]
    fn half_an_address_is_refused() {
        for text in ["", "treasury", "treasury@example.com>", "Treasury <>", "Treasury treasury@example.com"] {
            assert_eq!(Sender::parse(text).unwrap_err().code(), "mail-address", "{text:?}");
        }
    }

    #[test]
    fn the_sender_of_this_machine_is_a_valid_one() {
        let sender = Sender::of_this_machine();
        assert_eq!(Sender::parse(&sender.to_string()).unwrap(), sender);
    }
}
