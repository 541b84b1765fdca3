//! Where organizations live on this machine.
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use crate::domain::name::OrganizationName;
use crate::ledger::fault::Fault;

/// The ending of an organization's file.
const ENDING: &str = "db";

/// The file that remembers which organization was used last.
const LAST_USED: &str = "last-used";

/// The longest file name made from an organization's name, without its ending.
const LONGEST: usize = 40;

/// The folder with one file for each organization.
#[derive(Clone, Debug)]
pub struct Library {
    folder: PathBuf,
}

impl Library {
    /// The library in this folder, which need not exist yet.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files of all organizations, sorted by name.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn files(&self) -> Result<Vec<PathBuf>, Fault> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Fault::Io { path: self.folder.clone(), doing: "read", source }),
        };
        let mut files: Vec<_> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
            .collect();
        files.sort();
        Ok(files)
    }

    /// The file of the organization that is called NAME on this machine.
    pub fn file_named(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.{ENDING}"))
    }

    /// The file to start with: the last used one if it is still there, else the first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn default_file(&self) -> Result<Option<PathBuf>, Fault> {
        let files = self.files()?;
        let last = std::fs::read_to_string(self.folder.join(LAST_USED)).ok();
        let last = last.map(|name| self.file_named(name.trim())).filter(|path| files.contains(path));
        Ok(last.or_else(|| files.into_iter().next()))
    }

    /// Remembers a file of this library as the last used one. That it is forgotten harms nobody, so
    /// a folder that cannot be written is no error here.
    pub fn remember(&self, file: &Path) {
        let ours = file.parent() == Some(self.folder.as_path());
        if let Some(name) = file.file_stem().filter(|_| ours) {
            let written = std::fs::write(self.folder.join(LAST_USED), name.as_encoded_bytes());
            if let Err(error) = written {
                tracing::warn!(%error, "the last used organization is not remembered");
            }
        }
    }

    /// A file for a new organization with this name; none that exists already.
    pub fn new_file(&self, name: &OrganizationName) -> PathBuf {
        let stem = stem(name.as_str());
        let numbered = (2..).map(|n| format!("{stem}-{n}"));
        let mut candidates = std::iter::once(stem.clone()).chain(numbered).map(|name| self.file_named(&name));
        candidates.find(|path| !path.exists()).unwrap_or_else(|| self.file_named(&stem))
    }
}

/// A name that every file system takes: lower-case ASCII letters, digits and hyphens.
fn stem(name: &str) -> String {
    let plain = name.nfkd().filter(|c| c.is_ascii()).map(|c| c.to_ascii_lowercase());
    let marked: String = plain.map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<_> = marked.split('-').filter(|word| !word.is_empty()).collect();
    let stem: String = words.join("-").chars().take(LONGEST).collect();
    let stem = stem.trim_end_matches('-');
    if stem.is_empty() { "organization".into() } else { stem.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain() {
        for (name, file) in [
            ("Nordwind Handels GmbH", "nordwind-handels-gmbh"),
            ("Čapek & Søn / ../x", "capek-sn-x"),
            ("日本", "organization"),
            ("--", "organization"),
        ] {
            assert_eq!(stem(name), file);
        }
        assert!(stem(&"a".repeat(300)).len() <= LONGEST);
    }
}
