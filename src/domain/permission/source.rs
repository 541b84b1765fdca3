//! The catalogue's file as it is written, parsed once.
use std::sync::LazyLock;

use serde::Deserialize;

use super::level::Level;

/// Everything that `assets/catalogue.toml` says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct Source {
    /// In the order of their positions in a permission mask.
    #[serde(rename = "resource")]
    pub resources: Vec<ResourceText>,
    /// In documented order.
    #[serde(rename = "group")]
    pub groups: Vec<GroupText>,
}

/// One resource and what each offered level gives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct ResourceText {
    pub key: String,
    pub label: String,
    pub account_scoped: bool,
    pub definition: String,
    read: Option<String>,
    create: Option<String>,
    update: Option<String>,
    delete: Option<String>,
}

/// One permission group with its documented rows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct GroupText {
    pub key: String,
    pub name: String,
    pub sensitive: bool,
    pub description: String,
    pub rows: Vec<RowText>,
}

/// One line of a group's table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct RowText {
    pub resource: String,
    pub levels: Vec<Level>,
    pub gives: String,
}

impl ResourceText {
    /// What this level of the resource gives; nothing when the level is not offered.
    pub fn gives(&self, level: Level) -> Option<&str> {
        match level {
            Level::Read => self.read.as_deref(),
            Level::Create => self.create.as_deref(),
            Level::Update => self.update.as_deref(),
            Level::Delete => self.delete.as_deref(),
        }
    }
}

const TEXT: &str = include_str!("../../../assets/catalogue.toml");

// The file is part of the program and the tests below read it, so it parses. If it ever did not,
// an empty catalogue offers nothing and permits nothing.
static SOURCE: LazyLock<Source> = LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());

/// The parsed file.
pub(in crate::domain) fn source() -> &'static Source {
    &SOURCE
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_file_parses() {
        let source: Source = toml::from_str(TEXT).unwrap();
        assert_eq!(source.resources.len(), 51);
        assert_eq!(source.groups.len(), 8);
    }

    #[test]
    fn keys_labels_and_names_are_distinct() {
        let distinct = |texts: Vec<&str>| texts.iter().collect::<BTreeSet<_>>().len() == texts.len();
        let Source { resources, groups } = source();
        assert!(distinct(resources.iter().map(|r| r.key.as_str()).collect()));
        assert!(distinct(resources.iter().map(|r| r.label.as_str()).collect()));
        assert!(distinct(groups.iter().map(|g| g.key.as_str()).collect()));
        assert!(distinct(groups.iter().map(|g| g.name.as_str()).collect()));
        for group in groups {
            assert!(
                distinct(group.rows.iter().map(|row| row.resource.as_str()).collect()),
                "{} lists a resource twice",
                group.name
            );
        }
    }

    #[test]
    fn the_rows_of_the_groups_give_exactly_what_the_resources_offer() {
        let Source { resources, groups } = source();
        let offered: BTreeSet<_> = resources
            .iter()
            .flat_map(|resource| {
                let offered = Level::ALL.into_iter().filter(|level| resource.gives(*level).is_some());
                offered.map(|level| (resource.key.as_str(), level))
            })
            .collect();
        let given: BTreeSet<_> = groups
            .iter()
            .flat_map(|group| &group.rows)
            .flat_map(|row| row.levels.iter().map(|level| (row.resource.as_str(), *level)))
            .collect();
        assert_eq!(offered, given);
    }

    #[test]
    fn every_row_lists_its_levels_once_and_in_documented_order() {
        for row in source().groups.iter().flat_map(|group| &group.rows) {
            assert!(!row.levels.is_empty());
            assert!(row.levels.is_sorted_by(|a, b| a < b), "{}: {:?}", row.resource, row.levels);
        }
    }

    #[test]
    fn every_explanation_is_a_short_sentence() {
        let Source { resources, groups } = source();
        let sentences = resources
            .iter()
            .flat_map(|r| Level::ALL.into_iter().filter_map(|level| r.gives(level)).chain([r.definition.as_str()]))
            .chain(groups.iter().flat_map(|g| &g.rows).map(|row| row.gives.as_str()));
        for sentence in sentences {
            assert!(sentence.ends_with('.') && sentence.trim() == sentence, "{sentence:?}");
            assert!((10..=110).contains(&sentence.len()), "{sentence:?}");
        }
    }
}
