//! A mail server, as the settings describe it.
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use zeroize::Zeroizing;

use super::sender::Sender;

/// How the connection to the mail server is protected. None of them falls back to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// TLS from the first byte (usually port 465).
    Tls,
    /// Begins in the clear and is encrypted before anything that matters is sent (usually port 587). A server that
    /// does not offer it gets nothing.
    StartTls,
    /// None: for a mail server on this machine only.
    NoneOnThisMachine,
    /// None, to any machine: whoever is on the way reads everything.
    NoneAnywhere,
}

impl fmt::Display for Encryption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tls => "TLS",
            Self::StartTls => "STARTTLS",
            Self::NoneOnThisMachine | Self::NoneAnywhere => "not encrypted",
        })
    }
}

/// A password: it does not show itself, and it leaves memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes over the password.
    #[must_use]
    pub fn new(text: impl Into<Zeroizing<String>>) -> Self {
        Self(text.into())
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

/// The account at the mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password.
    pub password: Password,
}

/// A mail server and how to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpServer {
    /// Name or IP address; the certificate has to be for it.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
    /// The account, when the server asks for one.
    pub login: Option<Login>,
    /// Who the messages come from.
    pub from: Sender,
    /// Certificates (PEM) to trust in addition to those of the system.
    pub extra_ca: Option<Vec<u8>>,
    /// How long to wait for each answer of the server.
    pub timeout: Duration,
}

/// Whether a connection to `host` stays on this machine.
pub(crate) fn is_this_machine(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_show_itself() {
        let login = Login { user: "ana".to_owned(), password: Password::new("opensesame".to_owned()) };
        assert!(!format!("{login:?}").contains("opensesame"));
    }

    #[test]
    fn only_loopback_is_this_machine() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"] {
            assert!(is_this_machine(host), "{host}");
        }
        for host in ["192.168.0.1", "mail.example.com", "localhost.example.com", "0.0.0.0", ""] {
            assert!(!is_this_machine(host), "{host}");
        }
    }
}
