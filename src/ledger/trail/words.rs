//! Which entries say what somebody looks for.
use std::collections::HashSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use crate::domain::org::Org;
use crate::domain::text::folded;
use crate::ledger::entry::{Body, Header};
use crate::ledger::telling::{Addresses, called, read};

/// What an address is shown as where it is hidden. Whoever looks for it finds what they see.
const HIDDEN: &str = "(hidden)";

/// Words to look for, each of which an entry must say: in its number, its command, its outcome, who it is from, or in
/// what its parts say. What a reader may not see is not looked at, so that finding confirms nothing.
#[derive(Debug)]
pub struct Words {
    words: Vec<Word>,
    addresses: Addresses,
}

#[derive(Debug)]
struct Word {
    text: String,
    /// What has a name that contains it.
    ids: HashSet<Uuid>,
}

impl Words {
    /// The words of a text, with the names that the organization knows.
    pub fn new(text: &str, org: &Org, addresses: Addresses) -> Self {
        let words = text.split_whitespace().map(|word| Word::new(plain(word), org, addresses));
        Self { words: words.collect(), addresses }
    }

    /// Whether an entry says all of them.
    pub fn are_in(&self, header: &Header, bodies: &[Body]) -> bool {
        let values: Vec<_> = bodies.iter().map(|body| (body, read(body))).collect();
        self.words.iter().all(|word| {
            word.is_in_header(header)
                || values.iter().any(|(body, value)| {
                    body.id.is_some_and(|id| word.ids.contains(&id) || word.is_in(&body.kind.replace('_', " ")))
                        || value.as_ref().is_some_and(|value| self.is_said(word, value))
                })
        })
    }

    fn is_said(&self, word: &Word, value: &Value) -> bool {
        match value {
            Value::String(text) if self.addresses == Addresses::Hidden && text.contains('@') => word.is_in(HIDDEN),
            Value::String(text) => match Uuid::try_parse(text) {
                Ok(id) => word.ids.contains(&id),
                Err(_) => word.is_in(text),
            },
            Value::Array(items) => items.iter().any(|item| self.is_said(word, item)),
            Value::Object(fields) => fields.iter().any(|(name, value)| match value {
                Value::String(_) if self.addresses == Addresses::Hidden && name == "address" => word.is_in(HIDDEN),
                value => self.is_said(word, value),
            }),
            Value::Number(number) => word.text == number.to_string(),
            Value::Null | Value::Bool(_) => false,
        }
    }
}

impl Word {
    fn new(text: String, org: &Org, addresses: Addresses) -> Self {
        let mut ids = HashSet::new();
        let mut known = |id: Uuid, name: &str| {
            let hidden = addresses == Addresses::Hidden && name.contains('@');
            if !hidden && plain(name).contains(&text) {
                ids.insert(id);
            }
        };
        org.users().values().for_each(|user| known(user.id.uuid(), user.name.as_str()));
        org.roles().values().for_each(|role| known(role.id.uuid(), role.name.as_str()));
        org.entities().values().for_each(|entity| known(entity.id.uuid(), entity.name.as_str()));
        org.accounts().values().for_each(|account| known(account.id.uuid(), account.name.as_str()));
        org.invitations().values().for_each(|open| known(open.id.uuid(), open.address.as_str()));
        org.change_requests().values().for_each(|request| known(request.id.uuid(), &request.summary));
        org.organization().into_iter().for_each(|row| known(row.id.uuid(), row.name.as_str()));
        Self { text, ids }
    }

    fn is_in(&self, text: &str) -> bool {
        if text.is_ascii() && self.text.is_ascii() {
            let (text, word) = (text.as_bytes(), self.text.as_bytes());
            return text.windows(word.len().max(1)).any(|part| part.eq_ignore_ascii_case(word));
        }
        plain(text).contains(&self.text)
    }

    fn is_in_header(&self, header: &Header) -> bool {
        let actor = &header.actor;
        let ids = [actor.user.map(|id| id.uuid()), actor.role.map(|id| id.uuid())];
        ids.iter().flatten().any(|id| self.ids.contains(id))
            || (actor.user.is_none() && self.is_in(actor.kind.name()))
            || self.is_in(&called(&header.command))
            || self.is_in(header.outcome.code())
            || self.text == header.seq.to_string()
    }
}

/// A text without case and accents, as it is compared.
fn plain(text: &str) -> String {
    let folded = folded(text);
    if folded.is_ascii() { folded } else { folded.nfd().filter(|c| !is_combining_mark(*c)).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_matter() {
        let org = Org::default();
        let words = |text: &str| Words::new(text, &org, Addresses::Shown);
        for (typed, text) in [("ASGARD", "Ingrid Åsgård"), ("großmann", "Jürgen GROSSMANN"), ("佐藤", "佐藤 美咲")]
        {
            let words = words(typed);
            assert!(words.words.iter().all(|word| word.is_in(text)), "{typed} in {text}");
        }
        assert!(!words("asgards").words.iter().all(|word| word.is_in("Ingrid Åsgård")));
    }
}
