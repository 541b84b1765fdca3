//! By what a person is known.
use std::collections::BTreeSet;

use serde_json::Value;
use uuid::Uuid;

use super::prose::{Needle, replaced};
use crate::domain::address::{AddressKey, EmailAddress};
use crate::domain::id::UserId;
use crate::domain::name::PersonName;
use crate::domain::org::Org;
use crate::domain::row::Row;
use crate::domain::text::Shown;
use crate::domain::user::User;

/// Every name and every address that a person ever had, as far as it was learned.
///
/// Names come from the person's own rows, from invitations of the address, and from tries to accept those; addresses
/// from the person's own rows alone. What was blanked before is no trace.
#[derive(Clone, Debug)]
pub struct Traces {
    pub(super) user: UserId,
    pub(super) invitations: BTreeSet<Uuid>,
    pub(super) requests: BTreeSet<Uuid>,
    keys: BTreeSet<AddressKey>,
    names: BTreeSet<Box<str>>,
    addresses: BTreeSet<Box<str>>,
    /// What others, and things, are called.
    spared: BTreeSet<Box<str>>,
    /// The longest come first, since they may contain others.
    needles: Vec<Needle>,
}

impl Traces {
    /// What a person's own row tells.
    pub fn of(user: &User) -> Self {
        let mut traces = Self {
            user: user.id,
            invitations: BTreeSet::new(),
            requests: BTreeSet::new(),
            keys: BTreeSet::new(),
            names: BTreeSet::new(),
            addresses: BTreeSet::new(),
            spared: BTreeSet::new(),
            needles: Vec::new(),
        };
        traces.learn_name(user.name.as_str());
        traces.learn_own(user.address.as_str());
        traces
    }

    /// Leaves sentences alone in which only something stands that others called the person, and that somebody or
    /// something else is really called: whoever invites must not choose what the log forgets. The person's own names go
    /// in any case.
    #[must_use]
    pub fn sparing(mut self, org: &Org) -> Self {
        let people = org.users().values().filter(|user| user.id != self.user).map(|user| user.name.as_str());
        let roles = org.roles().values().map(|role| role.name.as_str());
        let entities = org.entities().values().map(|entity| entity.name.as_str());
        let accounts = org.accounts().values().map(|account| account.name.as_str());
        self.spared = people.chain(roles).chain(entities).chain(accounts).map(Into::into).collect();
        self
    }

    /// Whose.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// The comparison forms of the addresses.
    pub fn keys(&self) -> impl Iterator<Item = &AddressKey> {
        self.keys.iter()
    }

    /// Whether the text of any change request was blanked.
    pub fn has_requests(&self) -> bool {
        !self.requests.is_empty()
    }

    /// Takes note of a change request whose text was blanked. The digest of what it would do could tell whoever guesses
    /// right, so it goes too.
    pub fn learn_request(&mut self, request: Uuid) {
        self.requests.insert(request);
    }

    /// What others called the person, or what was typed with an invitation's code.
    pub(super) fn learn_called(&mut self, name: &str) {
        if !self.spared.contains(name) {
            self.learn_name(name);
        }
    }

    /// A name of the person.
    pub(super) fn learn_name(&mut self, name: &str) {
        if name != PersonName::erased().as_str() && self.names.insert(name.into()) {
            let shown = Shown::new(name);
            let forms = [name.to_owned(), shown.to_string(), shown.full().to_string()];
            self.needles.extend(forms.map(Needle::name));
            self.sort();
        }
    }

    /// An address of the person.
    pub(super) fn learn_own(&mut self, address: &str) {
        let Ok(parsed) = EmailAddress::new(address) else { return };
        if !parsed.is_erased() {
            self.keys.insert(parsed.key());
            self.learn_spelling(address);
        }
    }

    /// A spelling of an address of the person.
    pub(super) fn learn_spelling(&mut self, address: &str) {
        if self.addresses.insert(address.into()) {
            let shown = Shown::new(address);
            let key = EmailAddress::new(address).ok().map(|address| address.key().as_str().to_owned());
            let forms = [Some(address.to_owned()), Some(shown.to_string()), Some(shown.full().to_string()), key];
            self.needles.extend(forms.into_iter().flatten().map(Needle::address));
            self.sort();
        }
    }

    fn sort(&mut self) {
        self.needles.sort();
        self.needles.dedup();
    }

    /// Whether a text is an address of the person, however it is spelled.
    pub(super) fn is_address(&self, text: &str) -> bool {
        text.contains('@') && EmailAddress::new(text).is_ok_and(|address| self.keys.contains(&address.key()))
    }

    /// Whether a stored text may contain an address of the person. Finds too much rather than too little, and without
    /// reading what it says.
    pub fn may_be_reached_in(&self, text: &str) -> bool {
        // Other letters fold, and whatever stands behind a backslash may be any letter.
        if (!text.is_ascii() || text.contains('\\')) && (text.contains('@') || text.contains("\\u")) {
            return true;
        }
        let lower = text.to_ascii_lowercase();
        self.keys.iter().any(|key| lower.contains(key.as_str()))
    }

    /// Whether a stored text may contain a name or an address of the person, likewise.
    pub fn may_stand_in(&self, text: &str) -> bool {
        text.contains('\\')
            || self.needles.iter().any(|needle| needle.is_name() && text.contains(needle.text()))
            || self.may_be_reached_in(text)
    }

    /// What is left of a text that people read. None when the person is not named in it.
    pub fn prose(&self, text: &str) -> Option<String> {
        replaced(text, &self.needles, PersonName::erased().as_str(), EmailAddress::erased(self.user).as_str())
    }

    /// What is left of a row. None when the person is not named in it.
    pub fn blanked(&self, row: &Row) -> Option<Row> {
        let (bytes, name) = (row.to_json().ok()?, row.row_id());
        let text = std::str::from_utf8(&bytes).ok()?;
        if name.id != self.user.uuid() && !self.may_stand_in(text) {
            return None;
        }
        let mut value: Value = serde_json::from_slice(&bytes).ok()?;
        if !self.blank(name.kind.name(), Some(name.id), &mut value) {
            return None;
        }
        Row::from_json(name.kind, &serde_json::to_vec(&value).ok()?).ok()
    }
}
