//! Words for destinations, with what to show there: `users anna`, `invited expired`.
use super::item::Item;
use crate::tui::acts::{Aim, Place};

/// A word for rows of a destination.
struct Noun {
    words: &'static [&'static str],
    kind: &'static str,
    place: Place,
    aim: fn(String) -> Aim,
}

const NOUNS: &[Noun] = &[
    Noun { words: &["users", "user", "people"], kind: "Users", place: Place::Users, aim: Aim::Users },
    Noun {
        words: &["invited", "invitations", "invitation", "pending"],
        kind: "Invited",
        place: Place::Users,
        aim: Aim::Invited,
    },
    Noun { words: &["roles", "role"], kind: "Roles", place: Place::Roles, aim: Aim::Roles },
    Noun {
        words: &["requests", "request", "approvals", "change requests"],
        kind: "Requests",
        place: Place::ChangeRequests,
        aim: Aim::Requests,
    },
    Noun { words: &["trail", "audit", "log", "audit trail"], kind: "Trail", place: Place::AuditTrail, aim: Aim::Trail },
    Noun { words: &["entities", "entity"], kind: "Entities", place: Place::Entities, aim: Aim::Entities },
    Noun { words: &["accounts", "account"], kind: "Accounts", place: Place::Entities, aim: Aim::Entities },
];

/// Letters from which on the beginning of a word is enough.
const ENOUGH: usize = 3;

/// The rows that are meant when the first words are a noun.
pub(super) fn meant(typed: &str) -> Vec<Item> {
    let typed = typed.trim();
    let lower = typed.to_lowercase();
    let fits = |noun: &&Noun| noun.words.iter().any(|word| rest(&lower, word).is_some());
    let item = |noun: &Noun| {
        let wanted = noun.words.iter().filter_map(|word| rest(&lower, word)).min_by_key(|rest| rest.len())?;
        let text = typed.get(typed.len().checked_sub(wanted.len())?..)?.trim().to_owned();
        let (name, detail) = if text.is_empty() {
            (noun.kind.to_owned(), "all of them".to_owned())
        } else {
            (format!("{} with “{text}”", noun.kind), String::new())
        };
        Some(Item::Rows { kind: "go to", name, detail, place: noun.place, aim: (noun.aim)(text) })
    };
    NOUNS.iter().filter(fits).filter_map(item).collect()
}

/// What follows a word, when the text begins with it or is the beginning of it.
fn rest<'t>(typed: &'t str, word: &str) -> Option<&'t str> {
    if let Some(rest) = typed.strip_prefix(word).filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
        return Some(rest.trim_start());
    }
    (typed.len() >= ENOUGH && word.starts_with(typed)).then_some("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aims(typed: &str) -> Vec<Aim> {
        let aim = |item| match item {
            Item::Rows { aim, .. } => Some(aim),
            Item::Here(..) | Item::Elsewhere(..) => None,
        };
        meant(typed).into_iter().filter_map(aim).collect()
    }

    #[test]
    fn a_noun_and_what_follows_it_are_rows_of_its_destination() {
        assert_eq!(aims("users Anna B"), [Aim::Users("Anna B".into())]);
        assert_eq!(aims("invited expired"), [Aim::Invited("expired".into())]);
        assert_eq!(aims("ROLES accounting"), [Aim::Roles("accounting".into())]);
        assert_eq!(aims("trail"), [Aim::Trail(String::new())]);
        assert_eq!(aims("audit trail grace"), [Aim::Trail("grace".into())]);
        assert_eq!(aims("account SE45"), [Aim::Entities("SE45".into())]);
    }

    #[test]
    fn the_beginning_of_a_noun_is_enough_and_a_name_is_none() {
        assert_eq!(aims("use"), [Aim::Users(String::new())]);
        assert_eq!(aims("us"), []);
        assert_eq!(aims("usersanna"), []);
        assert_eq!(aims("anna"), []);
        assert_eq!(aims(""), []);
    }
}
