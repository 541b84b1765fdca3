//! Tables `[keys.SCREEN]`: other keys for what the screens do.
use toml::de::{DeTable, DeValue};

use super::SettingsError;

/// Another key for one thing that a screen does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySetting {
    /// The screen, as it is written: `roles`, or `everywhere`.
    pub screen: String,
    /// What it does, in the words of the last line: `Create new`.
    pub label: String,
    /// Its keys, as they are written.
    pub keys: Vec<String>,
    /// The line of the file, counted from 1.
    pub line: usize,
}

/// Every one of them, in the order of the file. Which screens, words and keys there are, is for the dashboard to say.
pub(super) fn read(table: &DeTable<'_>, line_of: impl Fn(usize) -> usize) -> Result<Vec<KeySetting>, SettingsError> {
    let mut all = Vec::new();
    for (screen, value) in table {
        let line = line_of(screen.span().start);
        let Some(labels) = value.get_ref().as_table() else {
            let sentence = format!("keys.{} has to be a table", super::section::escaped(screen.get_ref()));
            return Err(SettingsError::at(line, sentence, "Write [keys.roles] and below it \"Create new\" = \"c\"."));
        };
        for (label, value) in labels {
            let line = line_of(label.span().start);
            let keys = texts(value.get_ref()).ok_or_else(|| {
                let sentence =
                    format!("\"{}\" has to be a key or a list of keys", super::section::escaped(label.get_ref()));
                SettingsError::at(line, sentence, "Write for example \"Create new\" = \"c\", or = [\"c\", \"f7\"].")
            })?;
            let (screen, label) = (screen.get_ref().to_string(), label.get_ref().to_string());
            all.push(KeySetting { screen, label, keys, line });
        }
    }
    all.sort_by_key(|setting| setting.line);
    Ok(all)
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    if let Some(text) = value.as_str() {
        return Some(vec![text.to_owned()]);
    }
    let texts: Option<Vec<String>> =
        value.as_array()?.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
    texts.filter(|texts| !texts.is_empty())
}
