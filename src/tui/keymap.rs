//! Other keys for what the screens do, as the settings say.
use std::collections::BTreeMap;

use crate::settings::{KeySetting, SettingsError};
use crate::tui::everywhere;
use crate::tui::key::Key;
use crate::tui::layer::Binding;
use crate::tui::screen;

/// The name of the keys that work on every screen.
pub const EVERYWHERE: &str = "everywhere";

/// Keys that move in lists and fields, and cannot mean anything else.
const MOVING: [&str; 18] = [
    "up",
    "down",
    "left",
    "right",
    "pgup",
    "pgdn",
    "home",
    "end",
    "enter",
    "esc",
    "tab",
    "shift-tab",
    "h",
    "j",
    "k",
    "l",
    "g",
    "G",
];

/// The keys of one list of bindings, by their labels.
#[derive(Clone, Debug)]
pub struct KeyList {
    /// The screen's name in the settings.
    pub screen: &'static str,
    /// What it does, and with which keys.
    pub deeds: Vec<(&'static str, Vec<Key>)>,
}

impl KeyList {
    /// The keys of bindings.
    pub fn of<S>(screen: &'static str, bindings: &[Binding<S>]) -> Self {
        let keys = |binding: &Binding<S>| binding.keys.iter().filter_map(|key| key.parse().ok()).collect();
        Self { screen, deeds: bindings.iter().map(|binding| (binding.label, keys(binding))).collect() }
    }

    /// The same with the keys of other bindings of the screen.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.deeds.extend(other.deeds);
        self
    }
}

/// Every list of keys that can be changed.
pub fn key_lists() -> Vec<KeyList> {
    let mut lists = vec![KeyList::of(EVERYWHERE, everywhere::BINDINGS)];
    lists.extend(screen::key_lists());
    lists
}

/// The name in the settings of the screen that a module belongs to.
pub fn screen_of(module: &'static str) -> &'static str {
    let mut parts = module.split("::").skip_while(|part| *part != "screen");
    parts.nth(1).unwrap_or(EVERYWHERE)
}

/// The keys that differ from those of the bindings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap(BTreeMap<(&'static str, &'static str), Vec<Key>>);

impl Keymap {
    /// The keys of a label on a screen, if they differ.
    pub fn keys(&self, screen: &'static str, label: &'static str) -> Option<&[Key]> {
        self.0.get(&(screen, label)).map(Vec::as_slice)
    }

    /// The key to show for a label of a screen, which usually has this one.
    pub fn shown(&self, screen: &'static str, label: &'static str, usual: Key) -> Key {
        self.keys(screen, label).and_then(<[Key]>::first).copied().unwrap_or(usual)
    }

    /// Reads what the settings say.
    ///
    /// # Errors
    /// A screen, label or key that there is not, and keys that would mean two things: the line, and what to do.
    pub fn new(settings: &[KeySetting]) -> Result<Self, SettingsError> {
        let lists = key_lists();
        let mut map = Self::default();
        for setting in settings {
            let screens: Vec<&str> = lists.iter().map(|list| list.screen).collect();
            let wanted = setting.screen.to_lowercase();
            let mut here = lists.iter().filter(|list| list.screen == wanted).peekable();
            if here.peek().is_none() {
                return Err(SettingsError::unknown(setting.line, "a screen", &setting.screen, &screens));
            }
            let labels: Vec<(&'static str, &'static str)> =
                here.flat_map(|list| list.deeds.iter().map(|(label, _)| (list.screen, *label))).collect();
            let Some(named) = labels.iter().find(|(_, label)| label.eq_ignore_ascii_case(&setting.label)) else {
                let known: Vec<&str> = labels.iter().map(|(_, label)| *label).collect();
                let what = format!("anything that [keys.{}] does", setting.screen);
                return Err(SettingsError::unknown(setting.line, &what, &setting.label, &known));
            };
            let read = setting.keys.iter().map(|key| key.parse::<Key>());
            let keys: Vec<Key> = read.collect::<Result<_, _>>().map_err(|error| {
                let hint = "Correct it or remove the line; then the usual key works.";
                SettingsError::at(setting.line, format!("a key of \"{}\" cannot be read: {error}", named.1), hint)
            })?;
            map.0.insert(*named, keys);
        }
        for setting in settings {
            map.check(setting, &lists)?;
        }
        Ok(map)
    }

    /// Refuses keys of a setting that something else has, too.
    fn check(&self, setting: &KeySetting, lists: &[KeyList]) -> Result<(), SettingsError> {
        let screen = setting.screen.to_lowercase();
        let moving: Vec<Key> = MOVING.iter().filter_map(|key| key.parse().ok()).collect();
        for list in lists.iter().filter(|list| list.screen == screen) {
            let Some((label, usual)) = list.deeds.iter().find(|(label, _)| label.eq_ignore_ascii_case(&setting.label))
            else {
                continue;
            };
            for key in self.keys(list.screen, label).unwrap_or_default().iter().filter(|key| !usual.contains(key)) {
                if moving.contains(key) {
                    return Err(taken(setting, *key, "it moves in lists and fields"));
                }
                let everywhere = screen == EVERYWHERE;
                let near =
                    lists.iter().filter(|other| everywhere || other.screen == EVERYWHERE || std::ptr::eq(*other, list));
                for other in near {
                    let deeds = other
                        .deeds
                        .iter()
                        .filter(|(other_label, _)| other.screen != list.screen || other_label != label);
                    let mut having =
                        deeds.filter(|(label, usual)| self.keys(other.screen, label).unwrap_or(usual).contains(key));
                    if let Some((other_label, _)) = having.next() {
                        let what = format!("\"{other_label}\" of [keys.{}] has it", other.screen);
                        return Err(taken(setting, *key, &what));
                    }
                }
            }
        }
        Ok(())
    }
}

fn taken(setting: &KeySetting, key: Key, why: &str) -> SettingsError {
    let sentence = format!("\"{}\" cannot have the key {key}: {why}", setting.label);
    SettingsError::at(setting.line, sentence, "Choose another key, or give the other one another key first.")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::settings::Settings;

    fn map(text: &str) -> Result<Keymap, (String, String)> {
        let settings = Settings::parse(text).unwrap();
        Keymap::new(&settings.keys).map_err(|error| (error.to_string(), error.hint().to_owned()))
    }

    #[test]
    fn a_key_is_changed_by_screen_and_label_in_any_case() {
        let map = map("[keys.roles]\n\"create new\" = [\"c\", \"f7\"]\n[keys.everywhere]\nQuit = \"Q\"\n").unwrap();
        let keys =
            |screen, label| map.keys(screen, label).map(|keys| keys.iter().map(Key::to_string).collect::<Vec<_>>());
        assert_eq!(keys("roles", "Create new"), Some(vec!["c".into(), "F7".into()]));
        assert_eq!(keys("everywhere", "Quit"), Some(vec!["Q".into()]));
        assert_eq!(keys("users", "Quit"), None);
    }

    #[test]
    fn what_is_not_there_is_refused_with_what_was_meant() {
        let (error, hint) = map("[keys.rolls]\n\"Create new\" = \"c\"\n").unwrap_err();
        assert_eq!(error, "Line 2 of the settings: there is no \"rolls\" as a screen.");
        assert_eq!(hint, "Did you mean \"roles\"?");
        let (error, hint) = map("[keys.roles]\n\"Creat new\" = \"c\"\n").unwrap_err();
        assert!(error.contains("\"Creat new\""), "{error}");
        assert_eq!(hint, "Did you mean \"Create new\"?");
        assert!(map("[keys.roles]\n\"Create new\" = \"hyper-x\"\n").unwrap_err().0.contains("“hyper-x” names no key"));
    }

    #[test]
    fn keys_that_would_mean_two_things_are_refused_with_both_names() {
        let no = |text: &str| map(text).unwrap_err().0;
        let of_the_screen = no("[keys.roles]\n\"Create new\" = \"e\"\n");
        assert!(of_the_screen.contains("\"Create new\" cannot have the key e: \"Edit\" of [keys.roles] has it"));
        assert!(no("[keys.roles]\n\"Create new\" = \"m\"\n").contains("\"My account\" of [keys.everywhere] has it"));
        assert!(no("[keys.roles]\n\"Create new\" = \"j\"\n").contains("it moves in lists and fields"));
        assert!(no("[keys.everywhere]\n\"My account\" = \"n\"\n").contains("of [keys."));
        // Whoever exchanges two keys may.
        assert!(map("[keys.roles]\nEdit = \"n\"\n\"Create new\" = \"e\"\n").is_ok());
        assert!(no("[keys.roles]\nEdit = \"n\"\n").contains("\"Create new\" of [keys.roles] has it"));
    }

    #[test]
    fn the_screens_of_modules_are_those_of_the_lists() {
        assert_eq!(screen_of("rolodeck::tui::screen::roles::keys"), "roles");
        assert_eq!(screen_of("rolodeck::tui::app"), "everywhere");
        let mut names: Vec<_> = key_lists().iter().map(|list| list.screen).collect();
        names.dedup();
        assert!(names.contains(&"change_requests") && names.len() > 8, "{names:?}");
    }
}
