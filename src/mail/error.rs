//! What can go wrong with a message, in sentences.
use std::fmt;
use std::io;
use std::path::Path;

use super::untrusted::shown;

/// Whether sending the same letter again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It may well work in a while: the server is down, busy or full.
    Later,
    /// Not before somebody repairs the settings or the server: every letter would fail in the same way.
    AfterRepair,
    /// This letter will not be taken: the address or the message itself was turned down.
    Never,
}

/// The part of a conversation with a mail server in which something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Connecting, the greeting, and the exchange of what both sides can do.
    Greeting,
    /// Switching to an encrypted connection.
    Encryption,
    /// User and password.
    SignIn,
    /// The address that the message comes from.
    Sender,
    /// The address that the message goes to.
    Recipient,
    /// The message itself.
    Letter,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Greeting => "the connection",
            Self::Encryption => "the switch to encryption",
            Self::SignIn => "the sign-in",
            Self::Sender => "the sender",
            Self::Recipient => "the recipient",
            Self::Letter => "the message",
        })
    }
}

/// Why a message could not be written or did not leave. Everything that a stranger chose (a server's reply, a
/// name) is already shown visibly in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The recipient's or sender's address cannot be put on a message.
    #[error("No message can be addressed to {address}.")]
    Address {
        /// The address as it was given.
        address: String,
    },
    /// A text would break the message.
    #[error("{what} contains characters that a message cannot carry.")]
    Text {
        /// Which text, as the beginning of a sentence.
        what: &'static str,
    },
    /// The message could not be put together.
    #[error("The message to {address} could not be put together: {detail}.")]
    Composition {
        /// Who it was for.
        address: String,
        /// What stood in the way.
        detail: String,
    },
    /// The outbox folder could not be used.
    #[error("The outbox folder {folder} could not be used: {detail}.")]
    Folder {
        /// The folder.
        folder: String,
        /// What the system said.
        detail: String,
    },
    /// The outbox folder, or something in it, is not what it has to be, and using it would not be safe.
    #[error("The outbox folder is not safe to use: {path} {detail}.")]
    UnsafeFolder {
        /// What was found.
        path: String,
        /// What is wrong with it.
        detail: &'static str,
    },
    /// There is no such letter in the outbox folder, or it is not one that rolodeck wrote.
    #[error("The message {path} cannot be read: {detail}.")]
    Unreadable {
        /// The file, or what stands for it.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The settings of the mail server cannot work.
    #[error("The mail server {server} cannot be used: {detail}.")]
    Unusable {
        /// Host and port.
        server: String,
        /// What is wrong.
        detail: String,
    },
    /// No connection, or it broke before the server had confirmed the message.
    #[error("The mail server {server} {}: {detail}.", silence(*.step))]
    Unreachable {
        /// Host and port.
        server: String,
        /// How far the conversation had come.
        step: Step,
        /// What the system said.
        detail: String,
    },
    /// The server's certificate or its encryption cannot be trusted.
    #[error("The connection to the mail server {server} cannot be trusted: {detail}.")]
    Untrusted {
        /// Host and port.
        server: String,
        /// What the check found.
        detail: String,
    },
    /// The settings ask for STARTTLS, and the server does not offer it.
    #[error("The mail server {server} does not offer STARTTLS, so nothing was sent to it.")]
    NotEncrypted {
        /// Host and port.
        server: String,
    },
    /// The server takes neither of the two ways to sign in.
    #[error("The mail server {server} offers no way to sign in with a user and a password.")]
    NoSignIn {
        /// Host and port.
        server: String,
    },
    /// The server did not accept user and password.
    #[error("The mail server {server} did not accept the user or the password: {reply}.")]
    SignIn {
        /// Host and port.
        server: String,
        /// What the server said.
        reply: String,
    },
    /// The server asks to try again later.
    #[error("The mail server {server} asks to try again later: {reply}.")]
    PutOff {
        /// Host and port.
        server: String,
        /// At which step.
        step: Step,
        /// What the server said.
        reply: String,
    },
    /// The server turned something down that every letter would meet.
    #[error("The mail server {server} refused {step}: {reply}.")]
    Rejected {
        /// Host and port.
        server: String,
        /// At which step.
        step: Step,
        /// What the server said.
        reply: String,
    },
    /// The server turned this letter down.
    #[error("The mail server {server} will not take a message for {address}: {reply}.")]
    Refused {
        /// Host and port.
        server: String,
        /// At which step.
        step: Step,
        /// Who the letter was for.
        address: String,
        /// What the server said.
        reply: String,
    },
    /// The server said something that is not SMTP.
    #[error("The mail server {server} gave an answer at {step} that makes no sense: {detail}.")]
    Nonsense {
        /// Host and port.
        server: String,
        /// At which step.
        step: Step,
        /// What it was.
        detail: String,
    },
}

impl MailError {
    /// A stable name of what went wrong, for logs and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "mail-address",
            Self::Text { .. } => "mail-text",
            Self::Composition { .. } => "mail-composition",
            Self::Folder { .. } => "mail-folder",
            Self::UnsafeFolder { .. } => "mail-folder-unsafe",
            Self::Unreadable { .. } => "mail-unreadable",
            Self::Unusable { .. } => "mail-server-unusable",
            Self::Unreachable { .. } => "mail-server-unreachable",
            Self::Untrusted { .. } => "mail-server-untrusted",
            Self::NotEncrypted { .. } => "mail-not-encrypted",
            Self::NoSignIn { .. } => "mail-no-sign-in",
            Self::SignIn { .. } => "mail-sign-in",
            Self::PutOff { .. } => "mail-put-off",
            Self::Rejected { .. } => "mail-rejected",
            Self::Refused { .. } => "mail-refused",
            Self::Nonsense { .. } => "mail-nonsense",
        }
    }

    /// Whether sending the same letter again can help.
    #[must_use]
    pub fn retry(&self) -> Retry {
        match self {
            Self::Folder { .. } | Self::Unreachable { .. } | Self::PutOff { .. } | Self::Nonsense { .. } => {
                Retry::Later
            }
            Self::UnsafeFolder { .. }
            | Self::Unusable { .. }
            | Self::Untrusted { .. }
            | Self::NotEncrypted { .. }
            | Self::NoSignIn { .. }
            | Self::SignIn { .. }
            | Self::Rejected { .. } => Retry::AfterRepair,
            Self::Address { .. }
            | Self::Text { .. }
            | Self::Composition { .. }
            | Self::Unreadable { .. }
            | Self::Refused { .. } => Retry::Never,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address { .. } => "Correct the address and send again.",
            Self::Text { .. } | Self::Composition { .. } => "Correct the name and send again.",
            Self::Folder { .. } => {
                "Check that the folder exists, is yours, may be written and has space left; sending goes on by itself."
            }
            Self::UnsafeFolder { .. } => {
                "Remove what does not belong there, or give the folder to yourself alone (chmod 700)."
            }
            Self::Unreadable { .. } => "Send the message again: the new one gets a new code.",
            Self::Unusable { .. } => "Correct the [mail] section of the settings.",
            Self::Unreachable { .. } => {
                "The message is kept and tried again by itself. If it lasts, check server and port in the settings, and the network."
            }
            Self::Untrusted { .. } => {
                "Check server, port and tls in the settings; a server with a certificate of your own company needs ca_file."
            }
            Self::NotEncrypted { .. } => {
                "Ask who runs the server for an encrypted way in, or try tls = \"tls\" with port 465."
            }
            Self::NoSignIn { .. } => {
                "Check tls in the settings: most servers offer the sign-in on encrypted connections only. If none is needed, remove user."
            }
            Self::SignIn { .. } => "Check user and the password in the settings.",
            Self::PutOff { .. } | Self::Nonsense { .. } => "The message is kept and tried again by itself.",
            Self::Rejected { .. } => "Check from, user and tls in the settings, or ask who runs the server.",
            Self::Refused { .. } => "Check the address; the server's own words say more.",
        }
    }

    /// A folder that could not be used, with what the system said.
    pub(super) fn folder(folder: &Path, error: &io::Error) -> Self {
        Self::Folder { folder: shown_path(folder), detail: shown(&error.to_string()) }
    }
}

fn silence(step: Step) -> &'static str {
    match step {
        Step::Greeting => "could not be reached",
        _ => "stopped answering before it had taken the message",
    }
}

/// A path as it may stand in a sentence.
pub(super) fn shown_path(path: &Path) -> String {
    shown(&path.to_string_lossy())
}
