//! Reading typed values out of the file, with the line of each.
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{KeySetting, SettingsError};

/// A settings file that is well-formed TOML.
pub(super) struct File<'a> {
    text: &'a str,
    table: DeTable<'a>,
}

/// One section of the file.
pub(super) struct Section<'f> {
    name: &'static str,
    text: &'f str,
    table: &'f DeTable<'f>,
}

/// A value and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

impl<'a> File<'a> {
    pub(super) fn parse(text: &'a str) -> Result<Self, SettingsError> {
        match DeTable::parse(text) {
            Ok(table) => Ok(Self { text, table: table.into_inner() }),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(text, &span));
                let what = error.message().lines().next().unwrap_or("this is not TOML").to_owned();
                Err(SettingsError::at(line, what, "A setting is written as name = \"text\", name = 25 or name = true."))
            }
        }
    }

    /// Refuses whatever is neither one of these sections nor inside one.
    pub(super) fn refuse_others(&self, known: &[&str]) -> Result<(), SettingsError> {
        let unknown = self.table.keys().find(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown else { return Ok(()) };
        let name = key.get_ref();
        let hint = match closest(name, known) {
            Some(meant) => format!("Did you mean [{meant}]?"),
            None => format!("The sections are {}.", list(known, "[", "]")),
        };
        let sentence = format!("there is no section [{}]", escaped(name));
        Err(SettingsError::at(line_of(self.text, &key.span()), sentence, hint))
    }

    /// The section called `name`.
    pub(super) fn section(&self, name: &'static str) -> Result<Option<Section<'_>>, SettingsError> {
        let Some(value) = self.table.get(name) else {
            return Ok(None);
        };
        let Some(table) = value.get_ref().as_table() else {
            let sentence = format!("{name} has to be a section, [{name}]");
            let hint = format!("Write [{name}] on a line of its own and the settings below it.");
            return Err(SettingsError::at(line_of(self.text, &value.span()), sentence, hint));
        };
        Ok(Some(Section { name, text: self.text, table }))
    }
}

impl File<'_> {
    /// The tables below `[keys]`.
    pub(super) fn keys(&self) -> Result<Vec<KeySetting>, SettingsError> {
        match self.section("keys")? {
            Some(section) => super::keys::read(section.table, |start| line_of(self.text, &(start..start))),
            None => Ok(Vec::new()),
        }
    }
}

impl Section<'_> {
    /// Refuses whatever is none of these settings.
    pub(super) fn refuse_others(&self, known: &[&str]) -> Result<(), SettingsError> {
        let unknown = self.table.keys().find(|key| !known.contains(&key.get_ref().as_ref()));
        let Some(key) = unknown else { return Ok(()) };
        let hint = match closest(key.get_ref(), known) {
            Some(meant) => format!("Did you mean {meant}?"),
            None => format!("The settings of this section are {}.", list(known, "", "")),
        };
        let sentence = format!("[{}] has no setting {}", self.name, escaped(key.get_ref()));
        Err(SettingsError::at(line_of(self.text, &key.span()), sentence, hint))
    }

    /// A text that is not empty.
    pub(super) fn text(&self, key: &str) -> Result<Option<Found<String>>, SettingsError> {
        self.value(key, "a text in quotes, like \"example\"", |value| {
            value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
        })
    }

    /// A port.
    pub(super) fn port(&self, key: &str) -> Result<Option<Found<u16>>, SettingsError> {
        self.value(key, "a number from 1 to 65535", |value| {
            let number = value.as_integer()?;
            u16::from_str_radix(number.as_str(), number.radix()).ok().filter(|port| *port > 0)
        })
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Result<Option<Found<bool>>, SettingsError> {
        self.value(key, "true or false", |value| value.as_bool())
    }

    /// The line of a setting, when it is there.
    pub(super) fn line(&self, key: &str) -> Option<usize> {
        self.table.get(key).map(|value| line_of(self.text, &value.span()))
    }

    fn value<T>(
        &self,
        key: &str,
        expected: &str,
        read: impl Fn(&DeValue<'_>) -> Option<T>,
    ) -> Result<Option<Found<T>>, SettingsError> {
        let Some(found) = self.table.get(key) else {
            return Ok(None);
        };
        let line = line_of(self.text, &found.span());
        match read(found.get_ref()) {
            Some(value) => Ok(Some(Found { value, line })),
            None => {
                Err(SettingsError::at(line, format!("{key} has to be {expected}"), "Correct it or remove the line."))
            }
        }
    }
}

/// The one of `known` that `name` was probably meant to be.
pub(super) fn closest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), *candidate))
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.len() / 3))
        .min()
        .map(|(_, candidate)| candidate)
}

/// `one, two and three`.
pub(super) fn list(names: &[&str], before: &str, after: &str) -> String {
    let mut names: Vec<String> = names.iter().map(|name| format!("{before}{name}{after}")).collect();
    match (names.pop(), names.is_empty()) {
        (Some(last), false) => format!("{} and {last}", names.join(", ")),
        (Some(only), true) => only,
        (None, _) => String::new(),
    }
}

/// Something from the file as it may stand in a sentence.
pub(super) fn escaped(text: &str) -> String {
    crate::mail::shown(text)
}

fn line_of(text: &str, span: &Range<usize>) -> usize {
    1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closest_name_is_suggested_and_a_far_one_is_not() {
        let known = ["server", "port", "password_file", "password_env"];
        assert_eq!(closest("sever", &known), Some("server"));
        assert_eq!(closest("prot", &known), Some("port"));
        assert_eq!(closest("passwordfile", &known), Some("password_file"));
        assert_eq!(closest("colour", &known), None);
    }

    #[test]
    fn names_are_listed_in_words() {
        assert_eq!(list(&["a", "b", "c"], "[", "]"), "[a], [b] and [c]");
        assert_eq!(list(&["a"], "", ""), "a");
    }
}
