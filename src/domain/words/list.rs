//! Lists and counts in words.
use std::fmt::Display;

use crate::domain::permission::PermissionSet;
use crate::domain::refusal::Few;

/// All of them: `a, b and c`.
pub(in crate::domain) fn joined<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// `1 account`, `3 accounts`, `no accounts`.
pub fn counted(count: usize, one: &'static str, many: &'static str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}

/// The resources that some permissions are about, by label, each once and in the order of the catalogue.
pub(in crate::domain) fn labels(permissions: PermissionSet) -> Few {
    let mut resources: Vec<_> = permissions.iter().map(|permission| permission.resource()).collect();
    resources.dedup();
    resources.into_iter().map(|resource| resource.label()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::permissions_of;

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(joined::<&str>([]), "");
        assert_eq!(joined(["a"]), "a");
        assert_eq!(joined(["a", "b"]), "a and b");
        assert_eq!(joined(["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let words = [0, 1, 2].map(|count| counted(count, "entity", "entities"));
        assert_eq!(words, ["no entities", "1 entity", "2 entities"]);
    }

    #[test]
    fn a_resource_is_named_once_whatever_its_levels() {
        let permissions = permissions_of("mandates:update mandates:read accounts:read");
        assert_eq!(labels(permissions).to_string(), "Accounts and Mandates");
    }
}
