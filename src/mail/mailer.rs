//! How messages leave.
use std::fmt;
use std::path::PathBuf;

use uuid::Uuid;

use super::error::{MailError, shown_path};
use super::message::Message;
use super::sender::Sender;
use super::server::Encryption;

/// One try to send one letter: what it is about (an invitation, a verification) and which try it is. Every try has
/// its own code, so every try has its own id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LetterId {
    about: Uuid,
    attempt: u32,
}

impl LetterId {
    /// The try number `attempt` (counted from 1) to send the letter about `about`.
    #[must_use]
    pub const fn new(about: Uuid, attempt: u32) -> Self {
        Self { about, attempt }
    }

    /// What the letter is about.
    #[must_use]
    pub const fn about(&self) -> Uuid {
        self.about
    }

    /// Which try it is.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }
}

impl fmt::Display for LetterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.about, self.attempt)
    }
}

/// Takes messages out of the house. One call blocks until the message left or failed; it never tries twice.
pub trait Mailer: Send + Sync {
    /// Who the messages come from: what a [`super::Postmark`] needs.
    fn sender(&self) -> &Sender;

    /// Sends the message.
    ///
    /// # Errors
    /// A [`MailError`] whose [`MailError::retry`] says whether another try can help.
    fn send(&self, id: &LetterId, message: &Message) -> Result<Sent, MailError>;

    /// Where messages go, for screens and the log.
    fn describe(&self) -> Route;
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// It lies in this file.
    Dropped(PathBuf),
    /// This very try had reached the file before, and nothing was written again.
    AlreadyDropped(PathBuf),
    /// A mail server took it, with these words (shown visibly).
    Accepted(String),
}

/// Where messages go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Into this folder: somebody has to hand them over.
    Folder(PathBuf),
    /// To a mail server.
    Server {
        /// Host and port.
        server: String,
        /// How the connection is protected.
        encryption: Encryption,
    },
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "the outbox folder {}", shown_path(folder)),
            Self::Server { server, encryption } => {
                write!(f, "the mail server {server} ({encryption})")
            }
        }
    }
}
