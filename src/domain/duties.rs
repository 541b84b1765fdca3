//! What people do with permissions, in words that a treasury team uses: `assets/duties.toml`, parsed once.
use std::sync::LazyLock;

use serde::Deserialize;

use super::permission::{Level, Permission, PermissionSet, Resource};

/// A kind of payment, and the permissions around it that belong into different hands.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// As part of a sentence, in the plural.
    pub name: Box<str>,
    /// Makes one.
    pub create: Permission,
    /// Sees one.
    pub see: Permission,
    /// Says yes to one.
    pub approve: Permission,
    /// Says no to one.
    pub reject: Permission,
}

impl Payment {
    /// Both ways to decide on one.
    pub fn decide(&self) -> PermissionSet {
        [self.approve, self.reject].into_iter().collect()
    }
}

/// What some sentences about a role are about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct Topic {
    /// Words in front of the things.
    pub before: Option<String>,
    /// The resources, in the order in which they are named.
    pub things: Vec<Thing>,
}

/// A resource as part of a sentence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct Thing {
    resource: Box<str>,
    pub noun: Box<str>,
    read: Option<Vec<String>>,
    create: Option<Vec<String>>,
    update: Option<Vec<String>>,
    delete: Option<Vec<String>>,
}

impl Thing {
    /// The resource; none only if the file names one that the catalogue lacks, which a test excludes.
    pub fn resource(&self) -> Option<Resource> {
        Resource::named(&self.resource)
    }

    /// What somebody with this level does, as verbs.
    pub fn verbs(&self, level: Level) -> Vec<&str> {
        let (own, usual) = match level {
            Level::Read => (&self.read, "sees"),
            Level::Create => (&self.create, "creates"),
            Level::Update => (&self.update, "changes"),
            Level::Delete => (&self.delete, "deletes"),
        };
        own.as_ref().map_or_else(|| vec![usual], |own| own.iter().map(String::as_str).collect())
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Duties {
    #[serde(rename = "payment")]
    payments: Vec<Payment>,
    #[serde(rename = "topic")]
    topics: Vec<Topic>,
}

const TEXT: &str = include_str!("../../assets/duties.toml");

// The file is part of the program and the tests below read it, so it parses.
static DUTIES: LazyLock<Duties> = LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());

/// The kinds of payment.
pub fn payments() -> &'static [Payment] {
    &DUTIES.payments
}

/// What sentences about a role are about, in the order in which they are read.
pub(in crate::domain) fn topics() -> &'static [Topic] {
    &DUTIES.topics
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

    use super::*;

    #[test]
    fn the_file_parses() {
        let duties: Duties = toml::from_str(TEXT).unwrap();
        assert_eq!(duties.payments.len(), 2);
    }

    #[test]
    fn every_resource_stands_in_exactly_one_topic() {
        let mut named: Vec<Resource> =
            topics().iter().flat_map(|topic| &topic.things).map(|thing| thing.resource().unwrap()).collect();
        named.sort_unstable();
        assert_eq!(named, Resource::all().collect::<Vec<_>>());
    }

    #[test]
    fn only_offered_levels_have_verbs_of_their_own() {
        for thing in topics().iter().flat_map(|topic| &topic.things) {
            let own = [&thing.read, &thing.create, &thing.update, &thing.delete];
            for (level, verbs) in Level::ALL.into_iter().zip(own) {
                let offered = Permission::of(thing.resource().unwrap(), level).is_some();
                assert!(verbs.is_none() || offered, "{} {level}", thing.noun);
                assert!(verbs.as_ref().is_none_or(|verbs| !verbs.is_empty()), "{} {level}", thing.noun);
            }
        }
    }

    #[test]
    fn what_is_created_is_what_is_seen_and_decided_on() {
        for payment in payments() {
            assert_eq!(payment.create.resource(), payment.see.resource());
            assert_eq!(payment.approve.resource(), payment.reject.resource());
            assert_eq!(payment.see.resource().label().to_lowercase(), *payment.name);
            assert!(payment.approve.resource().key().ends_with("_approvals"));
        }
    }
}
