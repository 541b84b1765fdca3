//! What somebody is to be told.
use std::fmt;

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::error::MailError;

/// A one-time code. It is a secret until it was used: it shows itself in a message only.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Zeroizing<String>);

impl Code {
    /// The most characters that a code may have.
    const LONGEST: usize = 128;

    /// Takes over a code of ASCII letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// [`MailError::Text`] for anything else, without repeating it.
    pub fn new(text: impl Into<Zeroizing<String>>) -> Result<Self, MailError> {
        let text = text.into();
        let fits = (1..=Self::LONGEST).contains(&text.len());
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if fits && plain { Ok(Self(text)) } else { Err(MailError::Text { what: "The one-time code" }) }
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(hidden)")
    }
}

/// One message to one person. Names and addresses may be whatever somebody typed: they are made visible, and
/// cannot add lines or headers, when the letter is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The recipient's address.
    pub to: String,
    /// The recipient's name, where it is known.
    pub name: Option<String>,
    /// What it says.
    pub content: Content,
}

/// The kinds of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// *Verify your e-mail address.*
    Verification(Verification),
    /// An invitation to an organization.
    Invitation(Invitation),
    /// A signed checkpoint of a log.
    Checkpoint(Checkpoint),
}

/// The code that shows that an address belongs to whoever typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Six digits.
    pub code: Code,
    /// When the code stops to work.
    pub until: Timestamp,
}

/// What an invited person needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The organization's name.
    pub organization: String,
    /// The name of the person who invites.
    pub inviter: String,
    /// That person's address, so that one can ask back.
    pub inviter_address: String,
    /// The names of the roles, in the order in which they are to be read.
    pub roles: Vec<String>,
    /// The code to accept with.
    pub code: Code,
    /// When the code stops to work.
    pub until: Timestamp,
}

/// What somebody keeps who watches over a log from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The organization's name.
    pub organization: String,
    /// The number of the newest entry.
    pub seq: u64,
    /// When it was signed.
    pub at: Timestamp,
    /// The signed text, which ends with its last line.
    pub note: String,
    /// The public key.
    pub key: String,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_code_does_not_show_itself() {
        let code = Code::new("483-920".to_owned()).unwrap();
        assert!(!format!("{code:?}").contains("483"));
    }

    #[test]
    fn a_code_that_could_break_a_message_is_refused_and_not_repeated() {
        for text in ["", "483 920", "483\r\n920", "é", &"9".repeat(129)] {
            let refusal = Code::new(text.to_owned()).unwrap_err();
            assert!(!refusal.to_string().contains('9'), "{refusal}");
        }
    }
}
