//! Finding roles by name, permission group or the people who hold them.
use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::entry::{Entry, sees_people};
use crate::domain::id::RoleId;
use crate::domain::user::UserStatus;
use crate::tui::scene::Scene;

/// What was typed into the filter, in the form in which it is compared: without case and accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query(String);

impl Query {
    pub fn new(typed: &str) -> Self {
        Self(plain(typed.trim()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn is_in(&self, text: &str) -> bool {
        plain(text).contains(&self.0)
    }

    /// Whether a role fits. `held` are the roles of the people who fit.
    pub fn fits(&self, entry: &Entry, held: &BTreeSet<RoleId>) -> bool {
        self.is_empty() || self.is_in(entry.name.as_str()) || self.is_in(&entry.groups) || held.contains(&entry.id)
    }

    /// The roles of the people whose names fit; none for who may not see people.
    pub fn held_by(&self, scene: &Scene) -> BTreeSet<RoleId> {
        if self.is_empty() || !sees_people(scene) {
            return BTreeSet::new();
        }
        let users = scene.org.users().values().filter(|user| user.status != UserStatus::Removed);
        users.filter(|user| self.is_in(user.name.as_str())).flat_map(|user| user.roles.iter()).collect()
    }
}

fn plain(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_width_do_not_matter() {
        for (typed, text) in
            [("wisn", "Mateusz Wiśniewski"), ("ÅSG", "Ingrid Åsgård"), ("ｔｒｅａ", "Treasury"), ("佐藤", "佐藤 美咲")]
        {
            assert!(Query::new(typed).is_in(text), "{typed} in {text}");
        }
        assert!(!Query::new("approver").is_in("Payment initiator"));
    }
}
