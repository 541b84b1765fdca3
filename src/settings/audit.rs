//! Section `[audit]`: where signed checkpoints of the log go.
use std::path::{Path, PathBuf};

use super::SettingsError;
use super::section::{Section, escaped};
use crate::domain::address::EmailAddress;

/// The settings of the section.
const KEYS: &[&str] = &["checkpoint_folder", "checkpoint_mail"];

/// Where checkpoints go; nowhere without a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditSettings {
    checkpoint_folder: Option<PathBuf>,
    checkpoint_mail: Option<EmailAddress>,
}

impl AuditSettings {
    pub(super) fn read(section: &Section<'_>) -> Result<Self, SettingsError> {
        section.refuse_others(KEYS)?;
        let folder = section.text("checkpoint_folder")?;
        let mail = section.text("checkpoint_mail")?;
        let checkpoint_mail = match &mail {
            None => None,
            Some(found) if folder.is_none() => {
                return Err(SettingsError::at(
                    found.line,
                    "checkpoint_mail is set, and no checkpoint_folder",
                    "Add checkpoint_folder = \"…\": what is mailed is what was written there.",
                ));
            }
            Some(found) => Some(found.value.parse().map_err(|_| {
                SettingsError::at(
                    found.line,
                    format!("checkpoint_mail cannot be \"{}\"", escaped(&found.value)),
                    "Write one address, like checkpoint_mail = \"auditor@example.com\".",
                )
            })?),
        };
        Ok(Self { checkpoint_folder: folder.map(|found| PathBuf::from(found.value)), checkpoint_mail })
    }

    /// The folder, if one is set. A path that is not absolute begins at the folder of the settings file.
    #[must_use]
    pub fn checkpoint_folder(&self, settings: &Path) -> Option<PathBuf> {
        self.checkpoint_folder.as_ref().map(|folder| settings.join(folder))
    }

    /// The address, if one is set.
    #[must_use]
    pub const fn checkpoint_mail(&self) -> Option<&EmailAddress> {
        self.checkpoint_mail.as_ref()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn parsed(text: &str) -> Result<AuditSettings, SettingsError> {
        Settings::parse(text).map(|settings| settings.audit)
    }

    #[test]
    fn a_folder_begins_where_the_settings_are() {
        let home = Path::new("/home/ana/.config/rolodeck");
        let folder = |text: &str| parsed(text).unwrap().checkpoint_folder(home);
        assert_eq!(folder("[audit]\n"), None);
        assert_eq!(folder("[audit]\ncheckpoint_folder = \"marks\"\n"), Some(home.join("marks")));
        assert_eq!(folder("[audit]\ncheckpoint_folder = \"/mnt/share\"\n"), Some("/mnt/share".into()));
    }

    #[test]
    fn an_address_has_to_be_one_and_needs_a_folder() {
        let both = "[audit]\ncheckpoint_folder = \"/mnt/share\"\ncheckpoint_mail = ";
        let read = parsed(&format!("{both}\"auditor@example.com\"\n")).unwrap();
        assert_eq!(read.checkpoint_mail().unwrap().as_str(), "auditor@example.com");
        for wrong in ["auditor", "a@example.com, b@example.com", "a@example.com\\r\\nBcc: b@example.com"] {
            let refusal = parsed(&format!("{both}\"{wrong}\"\n")).unwrap_err();
            let start = "Line 3 of the settings: checkpoint_mail cannot be \"a";
            assert!(refusal.to_string().starts_with(start), "{refusal}");
            assert!(!refusal.to_string().contains('\r'), "{refusal}");
        }
        let refusal = parsed("[audit]\ncheckpoint_mail = \"auditor@example.com\"\n").unwrap_err();
        assert_eq!(refusal.to_string(), "Line 2 of the settings: checkpoint_mail is set, and no checkpoint_folder.");
    }

    #[test]
    fn a_misspelt_setting_is_refused_with_the_one_that_was_meant() {
        let refusal = parsed("[audit]\ncheckpoints_folder = \"x\"\n").unwrap_err();
        assert_eq!(refusal.hint(), "Did you mean checkpoint_folder?");
    }
}
