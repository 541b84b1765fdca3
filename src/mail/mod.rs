//! Messages to people: what they say and how they leave.
//!
//! A [`Letter`] is what somebody is to be told. [`Letter::write`] makes a [`Message`] of it, and a [`Mailer`]
//! takes that out of the house: [`DropFolder`] puts it into a folder (the default), [`Smtp`] hands it to a mail
//! server. Time, randomness, passwords and certificates are passed in; nothing here looks them up.
mod address;
mod backoff;
mod error;
mod folder;
mod letter;
mod mailer;
mod message;
mod reading;
mod sender;
mod server;
mod smtp;
mod template;
mod trouble;
mod untrusted;

#[cfg(test)]
mod tests;

pub use backoff::pause;
pub use error::{MailError, Retry, Step};
pub use folder::DropFolder;
pub use letter::{Checkpoint, Code, Content, Invitation, Letter, Verification};
pub use mailer::{LetterId, Mailer, Route, Sent};
pub use message::{Message, Postmark};
pub use reading::text_of;
pub use sender::Sender;
pub(crate) use server::is_this_machine;
pub use server::{Encryption, Login, Password, SmtpServer};
pub use smtp::Smtp;
pub(crate) use untrusted::shown;
