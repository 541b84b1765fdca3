//! Sending through a mail server.
use std::fmt;

use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::transport::smtp::response::Response;

use super::error::{MailError, Step};
use super::mailer::{LetterId, Mailer, Route, Sent};
use super::message::Message;
use super::sender::Sender;
use super::server::{Encryption, Login, SmtpServer, is_this_machine};
use super::trouble::Trouble;
use super::untrusted::shown;

/// The replies of RFC 5321 and RFC 4954 that mean *you are signed in*, *send the message* and *I have it*.
const SIGNED_IN: u16 = 235;
const GO_ON: u16 = 354;
const TAKEN: u16 = 250;

/// Hands messages to a mail server, one connection each.
///
/// A message may arrive twice: when the connection breaks after the server took it and before it said so. The newer
/// of two codes is the one that works.
#[derive(Debug)]
pub struct Smtp {
    server: SmtpServer,
    name: String,
    tls: Option<Tls>,
}

/// [`TlsParameters`] that can be shown.
struct Tls(TlsParameters);

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

impl Smtp {
    /// Prepares the use of a mail server; connects to nothing.
    ///
    /// # Errors
    /// [`MailError::Unusable`] when the extra certificates cannot be used, or when an unencrypted connection would
    /// leave this machine.
    pub fn new(server: SmtpServer) -> Result<Self, MailError> {
        let name = shown(&host_and_port(&server.host, server.port));
        let unusable = |detail: String| MailError::Unusable { server: name.clone(), detail };
        let tls = match server.encryption {
            Encryption::NoneAnywhere => None,
            Encryption::NoneOnThisMachine if is_this_machine(&server.host) => None,
            Encryption::NoneOnThisMachine => {
                return Err(unusable("an unencrypted connection would leave this machine".to_owned()));
            }
            Encryption::Tls | Encryption::StartTls => Some(Tls(tls_parameters(&server).map_err(unusable)?)),
        };
        Ok(Self { server, name, tls })
    }

    fn connect(&self) -> Result<SmtpConnection, MailError> {
        let hello = hello_name();
        let trouble = self.trouble(Step::Greeting);
        let wrapped = self.tls.as_ref().filter(|_| self.server.encryption == Encryption::Tls);
        let to = (self.server.host.as_str(), self.server.port);
        let mut connection =
            SmtpConnection::connect(to, Some(self.server.timeout), &hello, wrapped.map(|tls| &tls.0), None)
                .map_err(|e| trouble.explain(&e))?;
        if self.server.encryption == Encryption::StartTls {
            self.encrypt(&mut connection, &hello)?;
        }
        if let Some(login) = &self.server.login {
            self.sign_in(&mut connection, login)?;
        }
        Ok(connection)
    }

    fn encrypt(&self, connection: &mut SmtpConnection, hello: &ClientId) -> Result<(), MailError> {
        let refusal = || MailError::NotEncrypted { server: self.name.clone() };
        if !connection.can_starttls() {
            connection.abort();
            return Err(refusal());
        }
        let tls = self.tls.as_ref().ok_or_else(refusal)?;
        connection.starttls(&tls.0, hello).map_err(|e| self.trouble(Step::Encryption).explain(&e))
    }

    fn sign_in(&self, connection: &mut SmtpConnection, login: &Login) -> Result<(), MailError> {
        if connection.server_info().get_auth_mechanism(DEFAULT_MECHANISMS).is_none() {
            connection.abort();
            return Err(MailError::NoSignIn { server: self.name.clone() });
        }
        let credentials = Credentials::new(login.user.clone(), login.password.reveal().to_owned());
        let outcome = connection
            .auth(DEFAULT_MECHANISMS, &credentials)
            .map_err(|e| self.trouble(Step::SignIn).explain(&e))
            .and_then(|reply| self.expect(reply, SIGNED_IN, Step::SignIn));
        if outcome.is_err() {
            connection.abort();
        }
        outcome.map(|_| ())
    }

    fn deliver(&self, connection: &mut SmtpConnection, message: &Message) -> Result<Response, MailError> {
        let at =
            |step| move |e: lettre::transport::smtp::Error| self.trouble(step).about(message.recipient()).explain(&e);
        let options = self.options(connection, message)?;
        let from = self.server.from.address().clone();
        connection.command(Mail::new(Some(from), options)).map_err(at(Step::Sender))?;
        connection.command(Rcpt::new(message.to().clone(), Vec::new())).map_err(at(Step::Recipient))?;
        let reply = connection.command(Data).map_err(at(Step::Letter))?;
        self.expect(reply, GO_ON, Step::Letter)?;
        let reply = connection.message(message.eml()).map_err(at(Step::Letter))?;
        self.expect(reply, TAKEN, Step::Letter)
    }

    /// A reply that is positive and not the one that belongs here means that the two sides do not speak of the same
    /// thing: a broken server, or somebody on the way who put replies in before the encryption began.
    fn expect(&self, reply: Response, code: u16, step: Step) -> Result<Response, MailError> {
        if reply.has_code(code) {
            return Ok(reply);
        }
        let said: Vec<String> = reply.message().map(shown).collect();
        Err(MailError::Nonsense {
            server: self.name.clone(),
            step,
            detail: format!("{} {} where {code} was due", reply.code(), said.join(" ")),
        })
    }

    /// What the server has to be told about the message: addresses in other letters than ASCII need SMTPUTF8
    /// (RFC 6531). Everything else in a message is ASCII.
    fn options(&self, connection: &SmtpConnection, message: &Message) -> Result<Vec<MailParameter>, MailError> {
        if message.eml().is_ascii() && message.recipient().is_ascii() {
            return Ok(Vec::new());
        }
        if connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let eight_bit = MailParameter::Body(MailBodyParameter::EightBitMime);
            return Ok(vec![MailParameter::SmtpUtfEight, eight_bit]);
        }
        Err(MailError::Refused {
            server: self.name.clone(),
            step: Step::Recipient,
            address: shown(message.recipient()),
            reply: "it takes addresses in the letters a to z only".to_owned(),
        })
    }

    fn trouble(&self, step: Step) -> Trouble<'_> {
        Trouble::new(&self.name, step)
    }
}

impl Mailer for Smtp {
    fn sender(&self) -> &Sender {
        &self.server.from
    }

    fn send(&self, _: &LetterId, message: &Message) -> Result<Sent, MailError> {
        let mut connection = self.connect()?;
        let outcome = self.deliver(&mut connection, message);
        // Nobody waits twice for a server that does not answer.
        if !matches!(outcome, Err(MailError::Unreachable { .. })) {
            connection.abort();
        }
        let reply: Vec<String> = outcome?.message().map(shown).collect();
        Ok(Sent::Accepted(reply.join(" ")))
    }

    fn describe(&self) -> Route {
        Route::Server { server: self.name.clone(), encryption: self.server.encryption }
    }
}

fn host_and_port(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// The name that this machine gives itself, or its address where the name is not one that servers take.
fn hello_name() -> ClientId {
    match ClientId::default() {
        ClientId::Domain(name) if !is_host_name(&name) => ClientId::Ipv4([127, 0, 0, 1].into()),
        other => other,
    }
}

fn is_host_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

fn tls_parameters(server: &SmtpServer) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(server.host.clone());
    if let Some(pem) = &server.extra_ca {
        if !pem.windows(27).any(|part| part == b"-----BEGIN CERTIFICATE-----") {
            return Err("the file with its certificate authority contains no certificate (PEM)".to_owned());
        }
        let certificates = Certificate::from_pem(pem)
            .map_err(|e| format!("the file with its certificate authority is damaged ({e})"))?;
        builder = builder.add_root_certificate(certificates);
    }
    builder.build().map_err(|e| format!("encryption could not be prepared ({e})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_names_that_servers_do_not_take_are_noticed() {
        assert!(is_host_name("laptop-7.example.com"));
        for name in ["", "my laptop", "my_laptop", "büro"] {
            assert!(!is_host_name(name), "{name}");
        }
    }
}
