//! The screen: two tabs over the same requests.
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::beside::Beside;
use super::detail::Detail;
use super::draw;
use super::item::{Item, State};
use super::keys::BINDINGS;
use super::list::{List, Only, Tab};
use crate::domain::access::{Need, Person};
use crate::domain::id::ChangeRequestId;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::tui::acts::{Acts, Aim};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::layer::{Input, Layer, Took, bound};
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::users::Filter;

/// Change requests: *My approvals* and *All approvals*.
#[derive(Default)]
pub struct ChangeRequests {
    /// What the requests were tried on.
    seen: Option<(Arc<Org>, Option<Person>)>,
    /// Everything that may be seen, the oldest first.
    pub(super) items: Vec<Item>,
    /// When the next one expires.
    ends: Option<Timestamp>,
    /// Whether the active role decides change requests at all.
    pub(super) decides: Option<Ready>,
    /// Why requests of others are not shown.
    pub(super) hidden: Option<String>,
    /// How many wait, whoever may decide them.
    pub(super) waiting: usize,
    pub(super) tab: Tab,
    pub(super) mine: List,
    pub(super) all: List,
    pub(super) marks: BTreeSet<ChangeRequestId>,
    pub(super) only: Only,
    pub(super) filter: Filter,
    pub(super) tabs: Rect,
    /// The selected request, where it stands beside the list.
    pub(super) beside: Beside,
}

impl ChangeRequests {
    /// Opens it.
    pub fn new(_: &Scene) -> Self {
        Self::default()
    }

    /// The list of the open tab.
    pub(super) const fn list(&self) -> &List {
        match self.tab {
            Tab::Mine => &self.mine,
            Tab::All => &self.all,
        }
    }

    /// The same, to move in.
    pub(super) const fn list_mut(&mut self) -> &mut List {
        match self.tab {
            Tab::Mine => &mut self.mine,
            Tab::All => &mut self.all,
        }
    }

    /// Opens the marked requests one after another, or the selected one.
    pub(super) fn open(&mut self, acts: &mut Acts) {
        let marked = self.mine.ids().filter(|id| self.tab == Tab::Mine && self.marks.contains(id));
        let chosen: Vec<_> = marked.collect();
        let chosen = if chosen.is_empty() { self.list().selected().into_iter().collect() } else { chosen };
        if let Some(detail) = Detail::new(chosen) {
            acts.open(detail);
        }
    }

    /// Marks the selected request, or takes its mark away, and goes to the next one.
    pub(super) fn mark(&mut self) {
        let Some(id) = self.mine.selected() else { return };
        if !self.marks.remove(&id) {
            self.marks.insert(id);
        }
        let next = self.mine.rows.selected().map_or(0, |line| line + 1);
        self.mine.rows.select(next);
        self.mine.follow_line();
    }

    /// Reads and tries every request.
    fn read(&mut self, scene: &Scene) {
        let see = |permission| scene.may_see(Need::organization(permission));
        let decides = see(Permission::ORGANIZATIONS_UPDATE);
        let rest = see(Permission::MEMBERSHIPS_READ).and(|| see(Permission::ROLES_READ));
        let sees_all = decides == Ready::Yes || rest == Ready::Yes;
        self.decides = Some(decides);
        self.hidden = match rest {
            Ready::No(why) if !sees_all => Some(why),
            _ => None,
        };
        let Some(me) = scene.person() else { return self.items.clear() };
        let requests = scene.org.change_requests().values();
        let visible = requests.filter(|request| sees_all || request.by.user == me.user);
        self.items = visible.map(|request| Item::new(&scene.org, request, me, scene.now)).collect();
        self.items.sort_by_key(|item| (item.request.filed, item.request.id));
    }

    /// Decides what is shown.
    pub(super) fn sift(&mut self, scene: &Scene) {
        let (now, me) = (scene.now, scene.person().map(|person| person.user));
        let all = || self.items.iter().enumerate();
        let id = |(place, item): (usize, &Item)| (place, item.request.id);
        let mine: Vec<_> = all().filter(|(_, item)| item.can_be_approved(now)).map(id).collect();
        let words = self.filter.words(&scene.org);
        let fits = |(_, item): &(usize, &Item)| {
            let only = match self.only {
                Only::All => true,
                Only::In(state) => item.state(now) == state,
                Only::Own => Some(item.request.by.user) == me,
            };
            only && words.iter().all(|word| word.is_in(&item.request.summary) || word.is_in(&item.requester))
        };
        let shown: Vec<_> = all().rev().filter(fits).map(id).collect();
        self.waiting = self.items.iter().filter(|item| item.state(now) == State::Waiting).count();
        self.ends = self.items.iter().filter_map(|item| item.ends(now)).min();
        self.marks.retain(|mark| mine.iter().any(|(_, id)| id == mark));
        self.mine.show(mine);
        self.all.show(shown);
    }

    fn typed(&mut self, input: &Input, scene: &Scene) -> Took {
        let took = self.filter.input(input);
        if took == Took::Yes {
            self.sift(scene);
        }
        took
    }

    fn clicked(&mut self, mouse: &Mouse, scene: &Scene) -> bool {
        if mouse.kind == MouseKind::Down && self.tabs.contains(Position::new(mouse.column, mouse.row)) {
            if let Some(tab) = draw::tab_at(self, mouse, scene) {
                self.tab = tab;
            }
            return true;
        }
        let list = self.list_mut();
        let used = list.rows.mouse(mouse);
        list.follow_line();
        used
    }
}

impl Layer for ChangeRequests {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Change requests".into()
    }

    fn typing(&self) -> bool {
        self.filter.is_typing()
    }

    fn input(&mut self, input: &Input, scene: &Scene, _: &mut Acts) -> Took {
        let used = match input {
            Input::Mouse(mouse) => self.clicked(mouse, scene),
            _ if self.filter.is_typing() => return self.typed(input, scene),
            Input::Paste(_) => false,
            Input::Key(key) => {
                let list = self.list_mut();
                let used = list.rows.key(key);
                list.follow_line();
                used
            }
        };
        if used { Took::Yes } else { Took::No }
    }

    fn aim(&mut self, aim: &Aim, scene: &Scene, _: &mut Acts) {
        if let Aim::Requests(text) = aim {
            (self.tab, self.only) = (Tab::All, Only::All);
            self.filter.set(text);
            self.sift(scene);
        }
    }

    fn moved(&mut self, scene: &Scene) {
        let person = scene.person();
        let same = |(org, seen): &(Arc<Org>, Option<Person>)| Arc::ptr_eq(org, &scene.org) && *seen == person;
        if !self.seen.as_ref().is_some_and(same) {
            self.seen = Some((Arc::clone(&scene.org), person));
            self.read(scene);
        }
        self.sift(scene);
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        if self.ends.is_some_and(|ends| scene.now >= ends) {
            self.sift(scene);
        }
        draw::screen(self, frame, area, scene);
    }
}
