//! Section `[mail]`: a mail server, or the folder that messages are dropped into.
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::SettingsError;
use super::section::{Found, Section, closest, escaped, list};
use super::surroundings::{PasswordSource, Surroundings};
use crate::mail::{DropFolder, Encryption, Login, MailError, Mailer, Sender, Smtp, SmtpServer};

/// How long to wait for each answer of a mail server.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The settings of the section.
const KEYS: &[&str] = &[
    "server",
    "port",
    "tls",
    "allow_unencrypted",
    "user",
    "password_file",
    "password_env",
    "from",
    "ca_file",
    "outbox",
];

/// How messages leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailSettings {
    /// Into a folder: this one, or the usual one.
    Folder(Option<PathBuf>),
    /// Through a mail server.
    Server(ServerSettings),
}

/// A mail server as the file describes it: paths and names of variables are not looked up yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerSettings {
    /// Name or IP address.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub encryption: Encryption,
    /// The user, and where the password is found.
    pub login: Option<(String, PasswordSource)>,
    /// Who the messages come from.
    pub from: Sender,
    /// A file with certificates to trust in addition to those of the system.
    pub ca_file: Option<PathBuf>,
}

impl Default for MailSettings {
    fn default() -> Self {
        Self::Folder(None)
    }
}

impl MailSettings {
    pub(super) fn read(section: &Section<'_>) -> Result<Self, SettingsError> {
        refuse_written_password(section)?;
        section.refuse_others(KEYS)?;
        let outbox = section.text("outbox")?;
        let Some(host) = section.text("server")? else {
            refuse_server_keys(section)?;
            return Ok(Self::Folder(outbox.map(|found| PathBuf::from(found.value))));
        };
        if let Some(outbox) = outbox {
            return Err(SettingsError::at(
                outbox.line,
                "outbox is for messages that are dropped into a folder, and server is set too",
                "Keep one of the two.",
            ));
        }
        refuse_more_than_a_host(&host)?;
        let tls = encryption(section, &host)?;
        Ok(Self::Server(ServerSettings {
            port: section.port("port")?.map_or_else(|| usual_port(tls), |found| found.value),
            encryption: tls,
            login: login(section)?,
            from: from(section, host.line)?,
            ca_file: section.text("ca_file")?.map(|found| PathBuf::from(found.value)),
            host: host.value,
        }))
    }

    /// The mailer that the settings describe. Looks up the password and the certificates; connects to nothing.
    ///
    /// # Errors
    /// A [`SettingsError`] that names the file or variable that is missing or cannot be used.
    pub fn mailer(&self, surroundings: &Surroundings<'_>) -> Result<Box<dyn Mailer>, SettingsError> {
        match self {
            Self::Folder(None) => Ok(Box::new(DropFolder::new(surroundings.usual_outbox.to_owned()))),
            Self::Folder(Some(folder)) => Ok(Box::new(DropFolder::new(surroundings.folder.join(folder)))),
            Self::Server(server) => Ok(Box::new(server.smtp(surroundings)?)),
        }
    }
}

impl ServerSettings {
    fn smtp(&self, surroundings: &Surroundings<'_>) -> Result<Smtp, SettingsError> {
        let login = match &self.login {
            Some((user, source)) => Some(Login { user: user.clone(), password: surroundings.password(source)? }),
            None => None,
        };
        let extra_ca = match &self.ca_file {
            Some(path) => Some(surroundings.read("ca_file", path)?),
            None => None,
        };
        let server = SmtpServer {
            host: self.host.clone(),
            port: self.port,
            encryption: self.encryption,
            login,
            from: self.from.clone(),
            extra_ca,
            timeout: TIMEOUT,
        };
        Smtp::new(server).map_err(|error| outside(&error))
    }
}

fn outside(error: &MailError) -> SettingsError {
    SettingsError::outside(error.to_string().trim_end_matches('.'), error.hint())
}

fn refuse_written_password(section: &Section<'_>) -> Result<(), SettingsError> {
    match section.line("password") {
        None => Ok(()),
        Some(line) => Err(SettingsError::at(
            line,
            "a password does not belong into this file",
            "Put it into a file of its own and name that as password_file, or into an environment variable and name that as password_env.",
        )),
    }
}

/// An address of a web page, or a host together with its port, is what people paste.
fn refuse_more_than_a_host(host: &Found<String>) -> Result<(), SettingsError> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    if host.value.chars().all(plain) || host.value.parse::<IpAddr>().is_ok() {
        return Ok(());
    }
    Err(SettingsError::at(
        host.line,
        format!("\"{}\" is not the name of a server", escaped(&host.value)),
        "Write the name alone, like server = \"mail.example.com\", and the port as port = 587.",
    ))
}

fn refuse_server_keys(section: &Section<'_>) -> Result<(), SettingsError> {
    let lonely = KEYS.iter().filter(|key| **key != "outbox").find_map(|key| section.line(key).map(|line| (*key, line)));
    match lonely {
        None => Ok(()),
        Some((key, line)) => Err(SettingsError::at(
            line,
            format!("{key} is set, and no server"),
            "Add server = \"mail.example.com\", or remove the line.",
        )),
    }
}

fn encryption(section: &Section<'_>, host: &Found<String>) -> Result<Encryption, SettingsError> {
    const CHOICES: &[&str] = &["tls", "starttls", "none"];
    let unencrypted = section.flag("allow_unencrypted")?;
    let port = section.port("port")?;
    let Some(tls) = section.text("tls")? else {
        let wrapped = port.is_some_and(|port| port.value == 465);
        return Ok(if wrapped { Encryption::Tls } else { Encryption::StartTls });
    };
    match tls.value.as_str() {
        "tls" => Ok(Encryption::Tls),
        "starttls" => Ok(Encryption::StartTls),
        "none" if unencrypted.is_some_and(|flag| flag.value) => Ok(Encryption::NoneAnywhere),
        "none" if crate::mail::is_this_machine(&host.value) => Ok(Encryption::NoneOnThisMachine),
        "none" => Err(SettingsError::at(
            tls.line,
            format!(
                "without encryption everybody between here and {} could read the messages and the password",
                escaped(&host.value)
            ),
            "Use tls = \"starttls\" or tls = \"tls\". If the way there is safe, add allow_unencrypted = true.",
        )),
        other => {
            let hint = match closest(other, CHOICES) {
                Some(meant) => format!("Did you mean \"{meant}\"?"),
                None => format!("The choices are {}.", list(CHOICES, "\"", "\"")),
            };
            Err(SettingsError::at(tls.line, format!("tls cannot be \"{}\"", escaped(other)), hint))
        }
    }
}

fn usual_port(encryption: Encryption) -> u16 {
    match encryption {
        Encryption::Tls => 465,
        Encryption::StartTls => 587,
        Encryption::NoneOnThisMachine | Encryption::NoneAnywhere => 25,
    }
}

fn from(section: &Section<'_>, server_line: usize) -> Result<Sender, SettingsError> {
    const FORM: &str = "Write from = \"Treasury <treasury@example.com>\" with an address that the server lets you use.";
    let Some(from) = section.text("from")? else {
        return Err(SettingsError::at(server_line, "server is set, and no address that messages come from", FORM));
    };
    Sender::parse(&from.value)
        .map_err(|error| SettingsError::at(from.line, error.to_string().trim_end_matches('.').to_owned(), FORM))
}

fn login(section: &Section<'_>) -> Result<Option<(String, PasswordSource)>, SettingsError> {
    let file = section.text("password_file")?;
    let variable = section.text("password_env")?;
    let source = match (file, variable) {
        (Some(_), Some(variable)) => {
            return Err(SettingsError::at(
                variable.line,
                "password_file and password_env are both set",
                "Keep one of the two.",
            ));
        }
        (Some(file), None) => Some((file.line, PasswordSource::File(PathBuf::from(file.value)))),
        (None, Some(variable)) => Some((variable.line, PasswordSource::Variable(variable.value))),
        (None, None) => None,
    };
    match (section.text("user")?, source) {
        (Some(user), Some((_, source))) => Ok(Some((user.value, source))),
        (None, None) => Ok(None),
        (Some(user), None) => Err(SettingsError::at(
            user.line,
            "user is set, and no password",
            "Add password_file = \"…\" or password_env = \"…\".",
        )),
        (None, Some((line, _))) => Err(SettingsError::at(line, "a password is set, and no user", "Add user = \"…\".")),
    }
}

#[cfg(test)]
mod tests;
