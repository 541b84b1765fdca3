//! What the settings point at outside their file.
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::SettingsError;
use super::section::escaped;
use crate::mail::Password;

/// Where the password is: never in the settings file itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordSource {
    /// The first line of this file.
    File(PathBuf),
    /// The environment variable of this name.
    Variable(String),
}

/// What the settings may look up outside the file.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The folder of the settings file: paths in it that are not absolute begin here.
    pub folder: &'a Path,
    /// Where the drop folder is when the settings do not say.
    pub usual_outbox: &'a Path,
    /// The value of an environment variable.
    pub variable: &'a dyn Fn(&str) -> Option<String>,
    /// The content of a file.
    pub file: &'a dyn Fn(&Path) -> io::Result<Vec<u8>>,
}

impl fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Surroundings<'_> {
    pub(super) fn read(&self, key: &str, path: &Path) -> Result<Vec<u8>, SettingsError> {
        let path = self.folder.join(path);
        (self.file)(&path).map_err(|error| {
            let sentence = format!("{key} = {} cannot be read: {error}", escaped(&path.to_string_lossy()));
            SettingsError::outside(sentence, "Check the path, and that the file is yours to read.")
        })
    }

    pub(super) fn password(&self, source: &PasswordSource) -> Result<Password, SettingsError> {
        let text = match source {
            PasswordSource::Variable(name) => (self.variable)(name).map(Zeroizing::new).ok_or_else(|| {
                let sentence = format!("the environment variable {} is not set", escaped(name));
                SettingsError::outside(sentence, "Set it to the password, or use password_file.")
            })?,
            PasswordSource::File(path) => {
                let bytes = Zeroizing::new(self.read("password_file", path)?);
                let text = std::str::from_utf8(&bytes).map_err(|_| {
                    let name = escaped(&path.to_string_lossy());
                    let sentence = format!("password_file = {name} is not a text file");
                    SettingsError::outside(sentence, "Put the password there, on one line.")
                })?;
                Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
            }
        };
        if text.is_empty() {
            let name = match source {
                PasswordSource::Variable(name) => name.clone(),
                PasswordSource::File(path) => path.to_string_lossy().into_owned(),
            };
            let sentence = format!("there is no password in {}", escaped(&name));
            return Err(SettingsError::outside(sentence, "Put the password there, on one line."));
        }
        Ok(Password::new(text))
    }
}
