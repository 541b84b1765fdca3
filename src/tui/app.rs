//! The dashboard: layers, and what goes to and from the engine.
mod news;
mod past;
mod pointer;
mod resume;
mod stay;
mod told;
mod travel;

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use ratatui::Frame;

use crate::engine::{Request, Ticket};
use crate::tui::acts::{Act, Acts, Place, Tone, Whose};
use crate::tui::chrome::{self, Hit, Message};
use crate::tui::dialog::{Opening, Searches};
use crate::tui::event::Event;
use crate::tui::everywhere::{BINDINGS, Everywhere};
use crate::tui::key::Key;
use crate::tui::layer::{self, Input, Layer, Look, Offer, Took, Work};
use crate::tui::scene::{Answers, Pace, Ready, Scene};
pub use crate::tui::start::Start;
use crate::tui::terminal::Effect;
use crate::tui::theme::Focus;
use crate::tui::unfinished::Unfinished;
use crate::tui::waiting::Waiting;
pub use told::Told;
use travel::Visit;

/// Names a layer for as long as it lives.
pub type LayerId = u64;

/// A layer and its name.
struct Live {
    id: LayerId,
    layer: Box<dyn Layer>,
}

/// The dashboard.
pub struct App {
    scene: Scene,
    entrance: Option<Live>,
    roots: BTreeMap<Place, Live>,
    place: Place,
    stack: Vec<Live>,
    visits: Vec<Visit>,
    hits: Vec<Hit>,
    searches: Searches,
    acts: Acts,
    asked: HashMap<Ticket, (LayerId, Option<String>)>,
    /// Whether somebody who asked has waited long enough to be told so.
    slow: bool,
    requests: VecDeque<(Ticket, Request)>,
    effects: Vec<Effect>,
    drafts: Vec<Unfinished>,
    taken_up: Vec<Unfinished>,
    message: Option<Message>,
    changed: bool,
    next_id: LayerId,
}

impl App {
    /// The dashboard as it is first seen.
    pub fn new(start: Start) -> Self {
        let Start { view, session, outside, appearance, change, organizations, opening, zone } = start;
        let org = view.as_ref().map(|view| Arc::clone(&view.org)).unwrap_or_default();
        let now = outside.now();
        let focus = Focus::Here;
        let scene = Scene {
            view,
            org,
            past: None,
            session: None,
            now,
            zone,
            outside,
            theme: appearance.theme(),
            appearance,
            focus,
            pace: Pace::default(),
            change,
            organizations,
            answers: Answers::default(),
            waiting: Waiting::default(),
        };
        let mut app = Self {
            scene,
            entrance: None,
            roots: BTreeMap::new(),
            place: Place::Overview,
            stack: Vec::new(),
            visits: Vec::new(),
            hits: Vec::new(),
            searches: Searches::default(),
            acts: Acts::default(),
            asked: HashMap::new(),
            slow: false,
            requests: VecDeque::new(),
            effects: Vec::new(),
            drafts: Vec::new(),
            taken_up: Vec::new(),
            message: None,
            changed: true,
            next_id: 0,
        };
        match session {
            Some(session) => app.come_in(session),
            None => app.go_out(),
        }
        if let Some(path) = opening {
            app.push(Box::new(Opening::new(path, now)));
        }
        app
    }

    /// One input.
    pub fn handle(&mut self, event: Event) {
        match event {
            Event::Tick(now) => return self.tick(now),
            Event::Haste => return self.scene.pace = Pace::Hasty,
            Event::Rest => return self.rest(),
            Event::Key(key) => self.key(key),
            Event::Paste(text) => {
                self.with_top(|layer, scene, acts| layer.input(&Input::Paste(text), scene, acts));
            }
            Event::Mouse(mouse) => self.point(mouse),
            Event::Ground(ground) => {
                self.scene.appearance.stands_on(ground);
                self.scene.theme = self.scene.appearance.theme();
            }
            Event::Resize(..) | Event::Focus(_) | Event::News => {}
        }
        self.changed = true;
    }

    /// What the engine is asked for, in order; taken once.
    pub fn take_requests(&mut self) -> impl Iterator<Item = (Ticket, Request)> {
        std::mem::take(&mut self.requests).into_iter()
    }

    /// What the terminal is asked for; taken once.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether something may look different since the last call.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Asks for what is missing and does a slice of long work; true while there is more.
    pub fn work(&mut self) -> bool {
        let work = |layer: &mut dyn Layer, scene: &Scene, acts: &mut Acts| {
            layer.fetch(scene, acts);
            layer.work(scene)
        };
        let work = self.with_top(work).unwrap_or(Work::Done);
        self.changed |= work == Work::Shown;
        work != Work::Done
    }

    /// Draws everything.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let offers = self.top().map(|live| live.layer.offers(&self.scene)).unwrap_or_default();
        let layers: Vec<_> = self.layers().map(|live| (live.layer.look(), live.layer.crumb(&self.scene))).collect();
        let base = layers.iter().rposition(|(look, _)| *look != Look::Dialog).unwrap_or(0);
        let look = layers.get(base).map_or(Look::Whole, |(look, _)| *look);
        let top = layers.len().saturating_sub(1);
        let chrome = chrome::Chrome {
            look,
            place: self.entrance.is_none().then_some(self.place),
            // What takes everything is no part of what it covers.
            crumbs: layers
                .iter()
                .skip(if look == Look::Whole { base } else { 0 })
                .map(|(_, crumb)| crumb.as_str())
                .collect(),
            offers: &offers,
            message: self.message.as_ref(),
            waiting: self.slow && !self.asked.is_empty(),
            typing: self.top().is_some_and(|live| live.layer.typing()),
        };
        self.hits.clear();
        let Some(rooms) = chrome.draw(frame, &self.scene, &mut self.hits) else { return };
        let scene = &mut self.scene;
        let all = self.entrance.iter_mut().chain(self.roots.get_mut(&self.place)).chain(self.stack.iter_mut());
        for (index, live) in all.enumerate().skip(base) {
            let area = if live.layer.look() == Look::Dialog { rooms.dialog } else { rooms.screen };
            scene.focus = Focus::when(index == top);
            live.layer.draw(frame, area, scene);
        }
        scene.theme.paint(frame.buffer_mut());
    }

    /// The scene, for tests that look behind the screen.
    pub const fn scene(&self) -> &Scene {
        &self.scene
    }

    fn layers(&self) -> impl Iterator<Item = &Live> {
        self.entrance.iter().chain(self.roots.get(&self.place)).chain(self.stack.iter())
    }

    fn top(&self) -> Option<&Live> {
        self.layers().last()
    }

    /// Calls the top layer, then does what it wished for.
    fn with_top<T>(&mut self, call: impl FnOnce(&mut dyn Layer, &Scene, &mut Acts) -> T) -> Option<T> {
        let id = self.top()?.id;
        self.with(id, call)
    }

    fn with<T>(&mut self, id: LayerId, call: impl FnOnce(&mut dyn Layer, &Scene, &mut Acts) -> T) -> Option<T> {
        let result = {
            let roots = self.roots.values_mut();
            let visited = self.visits.iter_mut().flat_map(Visit::layers);
            let mut all = self.entrance.iter_mut().chain(roots).chain(self.stack.iter_mut()).chain(visited);
            let live = all.find(|live| live.id == id)?;
            call(live.layer.as_mut(), &self.scene, &mut self.acts)
        };
        let acts = self.acts.take();
        self.apply(id, acts);
        Some(result)
    }

    fn key(&mut self, key: Key) {
        self.message = None;
        let took = self.with_top(|layer, scene, acts| layer.input(&Input::Key(key), scene, acts));
        if took == Some(Took::Yes) {
            return;
        }
        let Some(top) = self.top() else { return };
        let (id, look) = (top.id, top.layer.look());
        let offers = top.layer.offers(&self.scene);
        if let Some(offer) = layer::offer_for(&offers, key) {
            self.choose(id, offer);
            return;
        }
        let everywhere = layer::offers(module_path!(), BINDINGS, &Everywhere, &self.scene);
        if let Some(offer) = layer::offer_for(&everywhere, key) {
            let in_dialog = look == Look::Dialog && !told::works_over_a_dialog(offer);
            let typed_quit = look == Look::Dialog && key == Key::char('q');
            if !in_dialog && !typed_quit {
                self.choose_everywhere(offer);
            }
        }
    }

    /// Does what an offer of a layer says, or says why not.
    fn choose(&mut self, id: LayerId, offer: &Offer) {
        match &offer.ready {
            Ready::No(why) => self.message = Some(Message::new(Tone::Note, why.clone())),
            Ready::Yes | Ready::Hidden => {
                let index = offer.index;
                self.with(id, |layer, scene, acts| layer.invoke(index, scene, acts));
            }
        }
    }

    /// Does what an offer of the program says, or says why not.
    fn choose_everywhere(&mut self, offer: &Offer) {
        match &offer.ready {
            Ready::No(why) => self.message = Some(Message::new(Tone::Note, why.clone())),
            Ready::Yes | Ready::Hidden => self.everywhere(offer.index),
        }
    }

    fn everywhere(&mut self, offer: usize) {
        let id = self.top().map_or(0, |live| live.id);
        layer::invoke(BINDINGS, &mut Everywhere, offer, &self.scene, &mut self.acts);
        let acts = self.acts.take();
        self.apply(id, acts);
    }

    fn apply(&mut self, origin: LayerId, acts: Vec<Act>) {
        for act in acts {
            self.apply_one(origin, act);
        }
    }

    fn apply_one(&mut self, origin: LayerId, act: Act) {
        match act {
            Act::Open(layer) => self.push(layer),
            Act::Close => self.close(origin),
            Act::CloseBoth => {
                let below = self.stack.iter().position(|live| live.id == origin).and_then(|at| at.checked_sub(1));
                let below = below.and_then(|at| self.stack.get(at)).map(|live| live.id);
                self.close(origin);
                if let Some(below) = below {
                    self.close(below);
                }
            }
            Act::Replace(layer) => {
                self.close(origin);
                self.push(layer);
            }
            Act::CloseAndInvoke(whose, offer) => {
                self.close(origin);
                match whose {
                    Whose::Layer => {
                        self.with_top(|layer, scene, acts| layer.invoke(offer, scene, acts));
                    }
                    Whose::Everywhere => self.everywhere(offer),
                }
            }
            Act::Theme(name) => {
                self.scene.appearance.name = name;
                self.scene.theme = self.scene.appearance.theme();
            }
            Act::Help => self.open_help(),
            Act::Palette => self.open_palette(),
            Act::Back => self.back(),
            Act::Go(place) => self.leave_all(Act::Go(place)),
            Act::GoTo(place, aim) => self.visit(place, &aim),
            Act::Remember(text) => self.searches.keep(text),
            Act::GoAndInvoke(place, offer) => self.leave_all(Act::GoAndInvoke(place, offer)),
            Act::Quit => self.leave_all(Act::Quit),
            Act::Insist(act) => self.insist(*act),
            Act::Suspend => self.effects.push(Effect::Suspend),
            Act::Past(day) => self.go_to(*day),
            Act::Present(why) => self.come_back_because(why),
            // No key leads here: this is the last door.
            Act::Ask(_, request, _) if self.scene.past.is_some() && past::is_about_now(&request) => {
                let why = self.scene.past.map(|past| past.why_not(&self.scene.zone)).unwrap_or_default();
                self.message = Some(Message::new(Tone::Note, why));
            }
            Act::Ask(ticket, request, done) => {
                self.asked.insert(ticket, (origin, done));
                self.requests.push_back((ticket, *request));
            }
            Act::Say(tone, text) => self.message = Some(Message::new(tone, text)),
            Act::Copy(text) => self.effects.push(Effect::Copy(text)),
            Act::SignedIn(session) if self.is_somebody_else(&session) => self.leave_all(Act::SignedIn(session)),
            Act::SignedIn(session) => self.come_in(session),
            Act::TakeUp(draft) => self.take_up(*draft),
            Act::SignedOut => self.leave_all(Act::SignedOut),
        }
    }

    fn push(&mut self, layer: Box<dyn Layer>) {
        let live = self.live(layer);
        self.stack.push(live);
        self.arrive();
    }

    /// A layer came on top that was not there before.
    fn arrive(&mut self) {
        self.with_top(|layer, scene, acts| {
            layer.opened(scene, acts);
            layer.moved(scene);
        });
    }

    fn live(&mut self, layer: Box<dyn Layer>) -> Live {
        self.next_id += 1;
        Live { id: self.next_id, layer }
    }

    fn close(&mut self, id: LayerId) {
        self.stack.retain(|live| live.id != id);
        self.with_top(|layer, scene, _| layer.moved(scene));
    }
}
