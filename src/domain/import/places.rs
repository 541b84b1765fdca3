//! Judging the lines of entities and accounts.
//!
//! A name means one entity in the whole file, wherever it stands: the order of the lines does not matter. An empty
//! parent says nothing; of an entity that is new and whose parent no line says, it means the top.
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use super::judged::{Does, Line, NewAccount, NewEntity, Plan, Spot, Verdict};
use super::kind::Kind;
use super::placing::{Group, Known, Place, Placing};
use super::problem::Problem;
use super::table::Row;
use crate::domain::access::{Need, Person};
use crate::domain::id::{AccountId, EntityId};
use crate::domain::name::{AccountIdentifier, AccountName, Currency, EntityName, NameKey};
use crate::domain::org::Org;
use crate::domain::organization::AccountState;
use crate::domain::permission::Permission;

/// Entities and accounts that are learned in one slice.
const SLICE: usize = 2_000;

/// An account as a line has it.
struct Account {
    name: AccountName,
    currency: Currency,
    identifier: AccountIdentifier,
    /// It is there already, just like this.
    there: bool,
}

/// Whether a line names the parent of its entity.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Parent,
    Nothing,
}

/// A line that can be understood by itself, by its place among the lines.
struct Draft {
    at: usize,
    says: Says,
    account: Option<Account>,
}

/// Judges one line of entities and accounts after another, then all together.
pub(super) struct PlaceJudge {
    org: Arc<Org>,
    /// The last entity and account that were learned; none when all are.
    entities_upto: Option<Bound<EntityId>>,
    accounts_upto: Option<Bound<AccountId>>,
    learned: usize,
    known: Known,
    accounts: BTreeMap<(Currency, NameKey), AccountId>,
    /// The lines that named an account first, by what is unique about it, with entity and name.
    named: BTreeMap<(Currency, NameKey), (usize, [NameKey; 2])>,
    rows: Vec<(Row, Option<Verdict>)>,
    drafts: BTreeMap<NameKey, Vec<Draft>>,
    placing: Placing,
    entities: Vec<NewEntity>,
    new_accounts: Vec<NewAccount>,
}

impl PlaceJudge {
    pub(super) fn new(org: Arc<Org>, who: Person) -> Self {
        Self {
            org,
            entities_upto: Some(Bound::Unbounded),
            accounts_upto: Some(Bound::Unbounded),
            learned: 0,
            known: Known::default(),
            accounts: BTreeMap::new(),
            named: BTreeMap::new(),
            rows: Vec::new(),
            drafts: BTreeMap::new(),
            placing: Placing::new(who),
            entities: Vec::new(),
            new_accounts: Vec::new(),
        }
    }

    /// Learns some more of what is there; whether there was anything to learn.
    pub(super) fn learn(&mut self) -> bool {
        if let Some(upto) = self.entities_upto.take() {
            for (n, (id, entity)) in self.org.entities().range((upto, Bound::Unbounded)).take(SLICE).enumerate() {
                self.known.add(entity.name.key(), *id);
                self.learned += 1;
                self.entities_upto = (n + 1 == SLICE).then_some(Bound::Excluded(*id));
            }
            return true;
        }
        let Some(upto) = self.accounts_upto.take() else { return false };
        for (n, (id, account)) in self.org.accounts().range((upto, Bound::Unbounded)).take(SLICE).enumerate() {
            self.accounts.insert((account.currency, account.identifier.key()), *id);
            self.learned += 1;
            self.accounts_upto = (n + 1 == SLICE).then_some(Bound::Excluded(*id));
        }
        true
    }

    /// How much was learned, of how much.
    pub(super) fn learned(&self) -> (usize, usize) {
        (self.learned, self.org.entities().len() + self.org.accounts().len())
    }

    /// Looks at the next line by itself.
    pub(super) fn take(&mut self, row: Row) {
        let at = self.rows.len();
        let refused = self.draft(at, &row).err().map(Verdict::Refused);
        self.rows.push((row, refused));
    }

    fn draft(&mut self, at: usize, row: &Row) -> Result<(), Problem> {
        row.complete(Kind::Places)?;
        if row.cell(0).is_empty() {
            return Err(Problem::NoEntity);
        }
        let entity = EntityName::new(row.cell(0)).map_err(Problem::Name)?;
        let parent = match row.cell(1) {
            "" => None,
            parent => Some(EntityName::new(parent).map_err(Problem::Name)?),
        };
        let key = entity.key();
        if let Some(group) = self.placing.groups.get(&key) {
            group.agrees(parent.as_ref())?;
        }
        let account = self.account(row, &key)?;
        let group = self.placing.groups.entry(key.clone()).or_insert_with(|| Group::new(entity, row.line));
        let says = if parent.is_some() { Says::Parent } else { Says::Nothing };
        group.say(parent, row.line);
        self.drafts.entry(key).or_default().push(Draft { at, says, account });
        Ok(())
    }

    fn account(&mut self, row: &Row, entity: &NameKey) -> Result<Option<Account>, Problem> {
        let (name, currency, identifier) = (row.cell(2), row.cell(3), row.cell(4));
        let parts = [("name", name), ("currency", currency), ("identifier", identifier)];
        let missing = parts.into_iter().find(|(_, cell)| cell.is_empty());
        match missing {
            _ if parts.iter().all(|(_, cell)| cell.is_empty()) => return Ok(None),
            Some((part, _)) => return Err(Problem::Incomplete(part)),
            None => {}
        }
        let name = AccountName::new(name).map_err(Problem::Name)?;
        let currency = Currency::new(currency).map_err(Problem::Currency)?;
        let identifier = AccountIdentifier::new(identifier).map_err(Problem::Identifier)?;
        let unique = (currency, identifier.key());
        let old = self.accounts.get(&unique).and_then(|id| self.org.account(*id));
        if let Some(old) = old {
            let owner = self.org.entity(old.entity).map(|owner| owner.name.key());
            if owner.as_ref() != Some(entity) || old.name.key() != name.key() {
                return Err(Problem::IdentifierTaken);
            }
            if old.state == AccountState::Ignored {
                return Err(Problem::Ignored);
            }
            return Ok(Some(Account { name, currency, identifier, there: true }));
        }
        let called = [entity.clone(), name.key()];
        if let Some((first, before)) = self.named.get(&unique) {
            let first = *first;
            let same = *before == called;
            return Err(if same { Problem::Twice { first } } else { Problem::IdentifierTwice { first } });
        }
        self.named.insert(unique, (row.line, called));
        Ok(Some(Account { name, currency, identifier, there: false }))
    }

    /// Finds out where the next entities belong and judges their lines; whether there is more to do.
    pub(super) fn settle(&mut self, entities: usize) -> bool {
        for _ in 0..entities {
            let Some(key) = self.placing.next(&self.known) else { return false };
            let spot = match self.placing.place(&key, &self.org, &self.known) {
                Ok(place) => self.make(&key, place),
                Err(problem) => {
                    self.refuse(&key, &problem);
                    // Lines that name no parent mean the one that is there, whatever another line says of it.
                    match self.known.only(&key).filter(|_| problem == Problem::Elsewhere) {
                        Some(entity) => self.make(&key, Place::There(entity)),
                        None => Err(problem),
                    }
                }
            };
            self.placing.settled(&key, spot);
        }
        true
    }

    /// Refuses the lines of an entity; where it is elsewhere, those that say so.
    fn refuse(&mut self, key: &NameKey, problem: &Problem) {
        let Some(drafts) = self.drafts.get_mut(key) else { return };
        let concerned = |draft: &mut Draft| draft.says == Says::Parent || *problem != Problem::Elsewhere;
        for draft in drafts.extract_if(.., concerned) {
            if let Some((_, verdict)) = self.rows.get_mut(draft.at) {
                *verdict = Some(Verdict::Refused(problem.clone()));
            }
        }
    }

    /// Judges the lines of an entity whose place is known. A new one comes into being with its first line that can be
    /// imported, so that it does not when there is none.
    fn make(&mut self, key: &NameKey, place: Place) -> Result<Spot, Problem> {
        let (mut spot, anchor) = match place {
            Place::There(entity) => (Some(Spot::There(entity)), Some(entity)),
            Place::Below(parent) => (None, self.placing.anchor(parent)),
        };
        let may = self.placing.may(&self.org, Need::entity(Permission::ACCOUNTS_CREATE, anchor));
        let mut first = None;
        let mut drafts = self.drafts.remove(key).unwrap_or_default();
        // A line about the entity alone creates it, wherever it stands; the first account does where there is none.
        drafts.sort_by_key(|draft| draft.account.is_some());
        for draft in drafts {
            let line = self.rows.get(draft.at).map_or(0, |(row, _)| row.line);
            let verdict = match (&draft.account, spot, &may) {
                (Some(account), ..) if account.there => Verdict::There,
                (Some(_), _, Err(problem)) => Verdict::Refused(problem.clone()),
                (None, Some(Spot::There(_)), _) => Verdict::There,
                (None, Some(Spot::New(_)), _) => Verdict::Refused(Problem::Twice { first: first.unwrap_or(line) }),
                (account, ..) => {
                    let comes = spot.is_none();
                    let does = match account {
                        None => Does::Entity,
                        Some(_) if comes => Does::Both,
                        Some(_) => Does::Account,
                    };
                    first = first.or(Some(line));
                    Verdict::Fine(does, Vec::new())
                }
            };
            if matches!(verdict, Verdict::Fine(..)) {
                let entity = spot.unwrap_or_else(|| self.create(key, place));
                spot = Some(entity);
                self.provision(entity, draft.account);
            }
            if let Some((_, told)) = self.rows.get_mut(draft.at) {
                *told = Some(verdict);
            }
        }
        let line = self.placing.groups.get(key).map_or(0, |group| group.line);
        spot.ok_or(Problem::ParentLeftOut { line })
    }

    fn create(&mut self, key: &NameKey, place: Place) -> Spot {
        if let (Place::Below(parent), Some(group)) = (place, self.placing.groups.get(key)) {
            self.entities.push(NewEntity { name: group.name.clone(), parent });
            self.placing.note(&self.org, parent);
        }
        Spot::New(self.entities.len().saturating_sub(1))
    }

    fn provision(&mut self, entity: Spot, account: Option<Account>) {
        self.new_accounts.extend(account.map(|account| NewAccount {
            entity,
            name: account.name,
            currency: account.currency,
            identifier: account.identifier,
        }));
    }

    /// The verdicts in the order of the lines, and what would be made.
    pub(super) fn judged(self) -> (Vec<Line>, Plan) {
        let line = |(row, verdict): (Row, Option<Verdict>)| Line { row, verdict: verdict.unwrap_or(Verdict::There) };
        let lines = self.rows.into_iter().map(line).collect();
        (lines, Plan::Places { entities: self.entities, accounts: self.new_accounts })
    }
}
