//! What a mail server's refusal, or its silence, means.
use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::response::Severity;

use super::error::{MailError, Step};
use super::untrusted::shown;

/// Where something went wrong, ready to be told what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trouble<'a> {
    server: &'a str,
    step: Step,
    address: &'a str,
}

impl<'a> Trouble<'a> {
    /// Trouble with `server` (host and port) at `step`.
    pub(super) fn new(server: &'a str, step: Step) -> Self {
        Self { server, step, address: "" }
    }

    /// With a letter to `address`.
    pub(super) fn about(self, address: &'a str) -> Self {
        Self { address, ..self }
    }

    /// What `error` means at this step.
    pub(super) fn explain(self, error: &Error) -> MailError {
        let detail = detail(error);
        if let Some(code) = error.status() {
            return match code.severity {
                Severity::PermanentNegativeCompletion => self.refusal(&format!("{code} {detail}")),
                _ => MailError::PutOff {
                    server: self.server.to_owned(),
                    step: self.step,
                    reply: format!("{code} {detail}"),
                },
            };
        }
        let server = self.server.to_owned();
        if error.is_tls() || is_distrust(error) {
            return MailError::Untrusted { server, detail };
        }
        if (error.is_response() && !is_silence(error)) || error.is_client() || is_not_text(error) {
            return MailError::Nonsense { server, step: self.step, detail };
        }
        MailError::Unreachable { server, step: self.step, detail }
    }

    /// A 5xx reply: about this letter when the recipient or the message was refused, else about the settings.
    fn refusal(self, reply: &str) -> MailError {
        let (server, reply) = (self.server.to_owned(), reply.to_owned());
        match self.step {
            Step::SignIn => MailError::SignIn { server, reply },
            Step::Recipient | Step::Letter => {
                MailError::Refused { server, step: self.step, address: shown(self.address), reply }
            }
            Step::Greeting | Step::Encryption | Step::Sender => MailError::Rejected { server, step: self.step, reply },
        }
    }
}

/// The innermost cause, on one line and without a full stop at its end.
fn detail(error: &Error) -> String {
    if is_silence(error) {
        return "it closed the connection".to_owned();
    }
    if is_late(error) {
        return "it did not answer in time".to_owned();
    }
    let text = match error.source() {
        Some(source) => source.to_string(),
        None => error.to_string(),
    };
    // What is not SMTP comes as "error Tag at: <what was said>".
    let said = text.split_once(" at: ").filter(|_| error.is_response());
    shown(said.map_or(text.as_str(), |(_, said)| said).trim().trim_end_matches('.'))
}

fn io_error(error: &Error) -> Option<&io::Error> {
    error.source().and_then(|source| source.downcast_ref::<io::Error>())
}

/// rustls reports everything that it cannot trust as invalid data with the reason inside.
fn is_distrust(error: &Error) -> bool {
    io_error(error).is_some_and(|e| e.kind() == io::ErrorKind::InvalidData && e.get_ref().is_some())
}

/// The standard library reports an answer that is not UTF-8 as invalid data without anything inside.
fn is_not_text(error: &Error) -> bool {
    io_error(error).is_some_and(|e| e.kind() == io::ErrorKind::InvalidData && e.get_ref().is_none())
}

/// A timeout of a socket has two names, depending on the system.
fn is_late(error: &Error) -> bool {
    use io::ErrorKind::{TimedOut, WouldBlock};
    io_error(error).is_some_and(|e| matches!(e.kind(), TimedOut | WouldBlock))
}

/// lettre takes a connection that the server closed for an answer that is not complete.
fn is_silence(error: &Error) -> bool {
    error.source().is_some_and(|source| source.to_string() == "incomplete response")
}
