//! One number for everything that an approver is shown, names and warnings aside.
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::access::{AccessChange, Affected};
use super::fact::Fact;
use super::line::Altered;
use super::place::{Places, Reach};
use crate::domain::user::Digest;

/// SHA-256 of the rows and the access difference by ids (decision 12 in the crate docs). Every text is written with its
/// length and every list with its count, so that no two effects are written alike.
pub(super) fn digest(rows: &[Altered], access: &[AccessChange]) -> Digest {
    let mut writing = Writing(Sha256::new());
    writing.text("rolodeck effect 1");
    writing.list(rows, |writing, row| {
        writing.text(row.row.kind.name());
        writing.id(row.row.id);
        writing.list(&row.fields, |writing, differing| {
            writing.text(differing.field);
            writing.fact(differing.before.as_ref());
            writing.fact(differing.after.as_ref());
        });
    });
    writing.list(access, Writing::access);
    Digest(writing.0.finalize().into())
}

struct Writing(Sha256);

impl Writing {
    fn count(&mut self, count: usize) {
        self.0.update(u64::try_from(count).unwrap_or(u64::MAX).to_be_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text);
    }

    fn tag(&mut self, tag: u8) {
        self.0.update([tag]);
    }

    fn id(&mut self, id: Uuid) {
        self.0.update(id.as_bytes());
    }

    fn list<'i, T: 'i, I>(&mut self, items: I, each: impl Fn(&mut Self, &'i T))
    where
        I: IntoIterator<Item = &'i T>,
        I::IntoIter: ExactSizeIterator,
    {
        let items = items.into_iter();
        self.count(items.len());
        items.for_each(|item| each(self, item));
    }

    fn fact(&mut self, fact: Option<&Fact>) {
        self.tag(u8::from(fact.is_some()));
        if let Some(fact) = fact {
            self.text(&fact.value.to_string());
        }
    }

    fn access(&mut self, change: &AccessChange) {
        self.list(&change.who, |writing, who| match who {
            Affected::User(id) => {
                writing.tag(0);
                writing.id(id.uuid());
            }
            Affected::Invitation(id) => {
                writing.tag(1);
                writing.id(id.uuid());
            }
        });
        self.list(&change.gains, Self::reach);
        self.list(&change.loses, Self::reach);
    }

    fn reach(&mut self, reach: &Reach) {
        let names = Vec::<String>::from(reach.permissions);
        self.list(&names, |writing, name| writing.text(name));
        let (tag, chosen) = match &reach.places {
            Places::Organization => (0, None),
            Places::All => (1, None),
            Places::AllBut { entities, accounts } => (2, Some((entities, accounts))),
            Places::These { entities, accounts } => (3, Some((entities, accounts))),
        };
        self.tag(tag);
        if let Some((entities, accounts)) = chosen {
            self.list(entities, |writing, id| writing.id(id.uuid()));
            self.list(accounts, |writing, id| writing.id(id.uuid()));
        }
    }
}
