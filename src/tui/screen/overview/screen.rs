//! The screen: what it knows, and what is selected.
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::block::{Spots, spot_at};
use super::checks::{Checked, checked};
use super::counts::{Count, counts};
use super::draw::{self, Rooms};
use super::invited;
use super::keys::BINDINGS;
use super::news::News;
use super::target::Target;
use crate::domain::access::{Need, Person};
use crate::domain::org::Org;
use crate::domain::overview::{Advice, Goal, Pending, Standing, Tally};
use crate::domain::permission::Permission;
use crate::engine::checkpoint::Checkpoints;
use crate::engine::{Answer, Ticket};
use crate::tui::acts::Acts;
use crate::tui::event::MouseKind;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Input, Layer, Took, bound};
use crate::tui::past::Past;
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::rows::Motion;

/// What was worked out, and from what.
struct Seen {
    org: Arc<Org>,
    person: Option<Person>,
    past: Option<Past>,
    checkpoints: Option<Checkpoints>,
}

/// What the active role may see.
pub(super) struct Sight {
    pub members: Ready,
    pub roles: Ready,
    pub invited: Ready,
    pub news: Ready,
}

impl Sight {
    fn of(scene: &Scene) -> Self {
        let see = |permission| scene.may_see(Need::organization(permission));
        Self {
            members: see(Permission::MEMBERSHIPS_READ),
            roles: see(Permission::ROLES_READ),
            invited: see(Permission::INVITATIONS_READ),
            news: News::may_read(scene),
        }
    }
}

/// How the organization stands.
pub struct Overview {
    seen: Option<Seen>,
    pub(super) sight: Sight,
    pub(super) tally: Tally,
    pub(super) counts: Vec<Count>,
    pub(super) checks: Vec<Checked>,
    pub(super) pending: Pending,
    pub(super) news: News,
    /// What was selected; the first line that is open until somebody moves.
    chosen: Option<Target>,
    /// How many lines the last drawing had room for.
    pub(super) rooms: Rooms,
    pub(super) spots: Spots,
}

impl Overview {
    /// Opens it.
    pub fn new(scene: &Scene) -> Self {
        Self {
            seen: None,
            sight: Sight::of(scene),
            tally: Tally::default(),
            counts: Vec::new(),
            checks: Vec::new(),
            pending: Pending::default(),
            news: News::default(),
            chosen: None,
            rooms: Rooms::default(),
            spots: Spots::new(),
        }
    }

    /// Everything that can be selected, in order.
    pub(super) fn targets(&self, scene: &Scene) -> Vec<Target> {
        let mut targets: Vec<_> = self.checks.iter().map(|line| Target::Check(line.item.check)).collect();
        targets.extend(Advice::ALL.map(Target::Advice));
        match self.sight.invited {
            Ready::Yes => targets.extend(invited::targets(&self.pending, scene, self.rooms.invited)),
            _ => targets.push(Target::AllInvited),
        }
        match self.sight.news {
            _ if scene.past.is_some() => {}
            Ready::Yes => targets.extend(self.news.targets(self.rooms.news)),
            _ => targets.push(Target::AllEntries),
        }
        targets
    }

    /// The selected line: the one that was chosen, or the first thing that is to be done.
    pub(super) fn selected(&self) -> Option<Target> {
        let open = |line: &&Checked| line.hidden.is_none() && line.item.standing == Standing::Open;
        let next = self.checks.iter().find(open).or(self.checks.first());
        self.chosen.or_else(|| next.map(|line| Target::Check(line.item.check)))
    }

    /// Where a line of the checklist leads.
    pub(super) fn goal(&self, target: Target) -> Option<&Goal> {
        let this = |line: &&Checked| target == Target::Check(line.item.check);
        self.checks.iter().find(this).map(|line| &line.item.goal)
    }

    /// Moves the selection by a key that moves; whether it is one.
    pub(super) fn travel(&mut self, key: &Key, scene: &Scene) -> bool {
        let Some(motion) = Motion::of(key) else { return false };
        let targets = self.targets(scene);
        let at = self.selected().and_then(|selected| targets.iter().position(|one| *one == selected));
        let to = motion.from(at.unwrap_or(0), targets.len(), 6);
        self.chosen = targets.get(to).copied();
        true
    }

    pub(super) fn step(&mut self, code: Code, scene: &Scene) {
        self.travel(&Key::plain(code), scene);
    }

    /// Selects the first line of the next part that has lines.
    pub(super) fn next_part(&mut self, scene: &Scene) {
        let targets = self.targets(scene);
        let here = self.selected().map_or(0, Target::part);
        let next = targets.iter().find(|target| target.part() > here);
        self.chosen = next.or(targets.first()).copied();
    }

    /// What is selected may be gone.
    pub(super) fn keep_selection(&mut self, scene: &Scene) {
        if self.chosen.is_some_and(|chosen| !self.targets(scene).contains(&chosen)) {
            self.chosen = None;
        }
    }

    fn count(&mut self, scene: &Scene) {
        let (org, invitations) = (&scene.org, scene.org.invitations());
        if !self.seen.as_ref().is_some_and(|seen| seen.org.invitations().ptr_eq(invitations)) {
            self.pending = Pending::of(org);
        }
        match &self.seen {
            Some(seen) if Arc::ptr_eq(&seen.org, org) => {}
            Some(seen) if seen.past == scene.past => self.tally.follow(&seen.org, org),
            _ => self.tally = Tally::of(org),
        }
    }

    fn clicked(&mut self, kind: MouseKind, column: u16, row: u16, scene: &Scene) -> bool {
        match kind {
            MouseKind::Down => {
                let hit = spot_at(&self.spots, column, row);
                self.chosen = hit.or(self.chosen);
                hit.is_some()
            }
            MouseKind::ScrollUp => self.travel(&Key::plain(Code::Up), scene),
            MouseKind::ScrollDown => self.travel(&Key::plain(Code::Down), scene),
        }
    }
}

impl Layer for Overview {
    bound!(BINDINGS);

    fn crumb(&self, _: &Scene) -> String {
        "Overview".into()
    }

    fn input(&mut self, input: &Input, scene: &Scene, _: &mut Acts) -> Took {
        let used = match input {
            Input::Key(key) => self.travel(key, scene),
            Input::Mouse(mouse) => self.clicked(mouse.kind, mouse.column, mouse.row, scene),
            Input::Paste(_) => false,
        };
        if used { Took::Yes } else { Took::No }
    }

    fn fetch(&mut self, scene: &Scene, acts: &mut Acts) {
        self.news.fetch(scene, acts);
    }

    fn answered(&mut self, ticket: Ticket, answer: Answer, scene: &Scene, _: &mut Acts) -> Result<(), Answer> {
        self.news.take(ticket, answer)?;
        self.keep_selection(scene);
        Ok(())
    }

    fn moved(&mut self, scene: &Scene) {
        let (person, past) = (scene.person(), scene.past);
        let checkpoints = scene.view.as_ref().map(|view| view.checkpoints.clone());
        if let Some(seen) = &self.seen {
            let same = Arc::ptr_eq(&seen.org, &scene.org) && seen.past == past && seen.checkpoints == checkpoints;
            if same && seen.person == person {
                return;
            }
            if seen.person != person {
                self.news.clear();
            }
        }
        self.count(scene);
        self.seen = Some(Seen { org: Arc::clone(&scene.org), person, past, checkpoints });
        self.sight = Sight::of(scene);
        self.counts = counts(scene, &self.tally);
        self.checks = checked(scene, &self.tally);
        self.news.forget();
        self.keep_selection(scene);
    }

    fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        draw::screen(self, frame, area, scene);
    }
}
