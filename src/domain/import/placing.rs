//! Where the entities of a file belong, whatever the order of its lines.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::judged::Spot;
use super::nearest::Nearest;
use super::problem::{DEEPEST, Problem};
use crate::domain::access::{Need, Person, decide};
use crate::domain::id::EntityId;
use crate::domain::name::{EntityName, NameKey};
use crate::domain::org::Org;
use crate::domain::permission::Permission;

/// The entities that are there, by name.
#[derive(Default)]
pub(super) struct Known(BTreeMap<NameKey, Vec<EntityId>>);

impl Known {
    /// One more.
    pub(super) fn add(&mut self, name: NameKey, entity: EntityId) {
        self.0.entry(name).or_default().push(entity);
    }

    /// The entity with this name, if there is just one.
    pub(super) fn only(&self, name: &NameKey) -> Option<EntityId> {
        if let [only] = self.of(name) { Some(*only) } else { None }
    }

    fn of(&self, name: &NameKey) -> &[EntityId] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Where an entity is or would be.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// It is there.
    There(EntityId),
    /// It would be created below this, or at the top.
    Below(Option<Spot>),
}

/// What is known about the place of an entity.
enum State {
    Unseen,
    /// A child of it waits for it.
    Waiting,
    Settled(Result<Spot, Problem>),
}

/// All lines that name one entity.
pub(super) struct Group {
    pub(super) name: EntityName,
    /// The first of them.
    pub(super) line: usize,
    /// The parent, as it is said first, and where.
    parent: Option<(EntityName, usize)>,
    state: State,
}

impl Group {
    pub(super) const fn new(name: EntityName, line: usize) -> Self {
        Self { name, line, parent: None, state: State::Unseen }
    }

    /// Whether a line can say that it belongs to this.
    pub(super) fn agrees(&self, parent: Option<&EntityName>) -> Result<(), Problem> {
        match (parent, &self.parent) {
            (Some(parent), Some((said, first))) if parent.key() != said.key() => {
                Err(Problem::OtherParent { first: *first })
            }
            _ => Ok(()),
        }
    }

    /// A line says what it belongs to.
    pub(super) fn say(&mut self, parent: Option<EntityName>, line: usize) {
        if let (Some(parent), None) = (parent, &self.parent) {
            self.parent = Some((parent, line));
        }
    }
}

/// The entities of a file, each settled after its parent.
pub(super) struct Placing {
    who: Person,
    pub(super) groups: BTreeMap<NameKey, Group>,
    /// Those that were not looked at yet, in the order of the file.
    unseen: Option<VecDeque<NameKey>>,
    /// The chain that is being settled, each one the child of the next.
    chain: Vec<NameKey>,
    /// Of each new entity: the nearest one above that is there, and how deep it is.
    made: Vec<(Option<EntityId>, usize)>,
    /// Entities that would be below themselves.
    looped: BTreeSet<NameKey>,
    nearest: Nearest,
    answers: BTreeMap<Need, bool>,
}

impl Placing {
    pub(super) fn new(who: Person) -> Self {
        Self {
            who,
            groups: BTreeMap::new(),
            unseen: None,
            chain: Vec::new(),
            made: Vec::new(),
            looped: BTreeSet::new(),
            nearest: Nearest::default(),
            answers: BTreeMap::new(),
        }
    }

    /// The next entity that can be settled because its parent is; none when all are.
    pub(super) fn next(&mut self, known: &Known) -> Option<NameKey> {
        if self.unseen.is_none() {
            let mut keys: Vec<_> = self.groups.iter().map(|(key, group)| (group.line, key.clone())).collect();
            keys.sort_unstable();
            self.unseen = Some(keys.into_iter().map(|(_, key)| key).collect());
        }
        while self.chain.is_empty() {
            let key = self.unseen.as_mut()?.pop_front()?;
            if self.groups.get(&key).is_some_and(|group| matches!(group.state, State::Unseen)) {
                self.wait(key);
            }
        }
        loop {
            let child = self.chain.last()?.clone();
            let Some(parent) = self.parent_in_file(&child, known) else { return Some(child) };
            match self.groups.get(&parent)?.state {
                State::Unseen => self.wait(parent),
                State::Waiting => {
                    let inside = self.chain.iter().skip_while(|key| **key != parent);
                    self.looped.extend(inside.cloned());
                    return Some(child);
                }
                State::Settled(_) => return Some(child),
            }
        }
    }

    fn wait(&mut self, key: NameKey) {
        if let Some(group) = self.groups.get_mut(&key) {
            group.state = State::Waiting;
        }
        self.chain.push(key);
    }

    /// The parent of a new entity, if lines of the file name it too.
    fn parent_in_file(&self, child: &NameKey, known: &Known) -> Option<NameKey> {
        let (parent, _) = self.groups.get(child)?.parent.as_ref()?;
        let parent = parent.key();
        (known.of(child).is_empty() && self.groups.contains_key(&parent)).then_some(parent)
    }

    /// Where an entity is or would be.
    pub(super) fn place(&mut self, key: &NameKey, org: &Org, known: &Known) -> Result<Place, Problem> {
        let Some(group) = self.groups.get(key) else { return Ok(Place::Below(None)) };
        if self.looped.contains(key) {
            return Err(Problem::Cycle);
        }
        let said = group.parent.as_ref().map(|(parent, _)| parent.clone());
        let there = known.of(key);
        if !there.is_empty() {
            let fits = |id: &&EntityId| said.as_ref().is_none_or(|said| is_below(org, **id, said));
            let mut fitting = there.iter().filter(fits);
            return match (fitting.next(), fitting.next()) {
                (Some(one), None) => Ok(Place::There(*one)),
                (None, _) => Err(Problem::Elsewhere),
                _ => Err(Problem::Ambiguous(group.name.as_str().into())),
            };
        }
        let parent = match said {
            None => None,
            Some(said) => Some(self.parent(&said, org, known)?),
        };
        if self.depth(org, parent) >= DEEPEST {
            return Err(Problem::TooDeep);
        }
        let need = Need::entity(Permission::ENTITIES_CREATE, self.anchor(parent));
        self.may(org, need)?;
        Ok(Place::Below(parent))
    }

    fn parent(&mut self, said: &EntityName, org: &Org, known: &Known) -> Result<Spot, Problem> {
        let key = said.key();
        let there = known.of(&key);
        let in_file = self.groups.get(&key).map(|group| (&group.state, group.line));
        match (there, in_file) {
            (_, Some((State::Settled(Ok(spot)), _))) => Ok(*spot),
            ([one], _) => Ok(Spot::There(*one)),
            ([_, ..], _) => Err(Problem::Ambiguous(said.as_str().into())),
            ([], Some((State::Settled(Err(_)), line))) => Err(Problem::ParentLeftOut { line }),
            ([], Some((State::Waiting | State::Unseen, _))) => Err(Problem::Cycle),
            ([], None) => {
                // Only what the person may see is proposed.
                let need = |id| Need::entity(Permission::ENTITIES_READ, Some(id));
                let seen = |ids: &[EntityId]| {
                    let seen = |id: &&EntityId| decide(org, self.who, need(**id)).is_allowed();
                    ids.iter().find(seen).and_then(|id| org.entity(*id)).map(|entity| entity.name.as_str())
                };
                let there = known.0.iter().filter_map(|(key, ids)| Some((key, seen(ids)?)));
                let named = self.groups.iter().map(|(key, group)| (key, group.name.as_str()));
                let near = self.nearest.of(&key, there.chain(named));
                Err(Problem::UnknownParent { parent: said.as_str().into(), near })
            }
        }
    }

    /// The entity is settled; one more that is new, if it is.
    pub(super) fn settled(&mut self, key: &NameKey, spot: Result<Spot, Problem>) {
        self.chain.pop_if(|waiting| waiting == key);
        if let Some(group) = self.groups.get_mut(key) {
            group.state = State::Settled(spot);
        }
    }

    /// Notes where the newest of the new entities is.
    pub(super) fn note(&mut self, org: &Org, parent: Option<Spot>) {
        let depth = self.depth(org, parent);
        self.made.push((self.anchor(parent), depth));
    }

    /// The nearest entity that is there, at or above a place.
    pub(super) fn anchor(&self, spot: Option<Spot>) -> Option<EntityId> {
        match spot? {
            Spot::There(entity) => Some(entity),
            Spot::New(at) => self.made.get(at).and_then(|(anchor, _)| *anchor),
        }
    }

    /// Levels down to what is created below this.
    fn depth(&self, org: &Org, parent: Option<Spot>) -> usize {
        match parent {
            None => 0,
            Some(Spot::There(entity)) => org.ancestry(entity).count(),
            Some(Spot::New(at)) => self.made.get(at).map_or(0, |(_, depth)| depth + 1),
        }
    }

    /// Whether the person may do that there.
    pub(super) fn may(&mut self, org: &Org, need: Need) -> Result<(), Problem> {
        let who = self.who;
        let decided = || decide(org, who, need).is_allowed();
        let may = *self.answers.entry(need).or_insert_with(decided);
        if may { Ok(()) } else { Err(Problem::NotAllowed(need.permission)) }
    }
}

fn is_below(org: &Org, entity: EntityId, parent: &EntityName) -> bool {
    let above = org.entity(entity).and_then(|entity| org.entity(entity.parent?));
    above.is_some_and(|above| above.name.key() == parent.key())
}
