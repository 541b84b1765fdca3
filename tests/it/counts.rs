//! What a key costs, counted: bytes to the terminal and questions to the engine. Neither grows with the organization.
use std::cell::Cell;
use std::io::Write;
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use rolodeck::domain::id::{AccountId, EntityId, InvitationId, RoleId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::{Account, Entity};
use rolodeck::domain::role::Role;
use rolodeck::domain::row::Row;
use rolodeck::domain::user::{Invitation, User};
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;
use uuid::Uuid;

use crate::desk::{Desk, LARGE, SMALL};

/// The most bytes that a cursor move may send: of a list, and of one with the selected row told beside it.
const LIST: usize = 1_000;
const WITH_DETAIL: usize = 3_200;

/// So many more of everything that a list shows.
fn grown(org: &mut Org, more: u32) {
    let id = |kind: u128, n: u32| {
        Uuid::from_u128(u128::from(n) << 80 | 0x7000 << 64 | 0x8 << 60 | kind << 32 | u128::from(n))
    };
    let (user, role) = (org.users().values().next().unwrap().clone(), org.active_roles().nth(2).unwrap().clone());
    let (entity, account) =
        (org.entities().values().next().unwrap().clone(), org.accounts().values().next().unwrap().clone());
    let open = org.invitations().values().next().unwrap().clone();
    for n in 0..more {
        let address = |word: &str| format!("{word}{n}@example.com").parse().unwrap();
        let (user, open) = (user.as_ref().clone(), open.as_ref().clone());
        let name = format!("Person {n:06}").parse().unwrap();
        org.put(Row::User(User { id: UserId::from_uuid(id(1, n)), name, address: address("p"), ..user }));
        org.put(Row::Invitation(Invitation { id: InvitationId::from_uuid(id(2, n)), address: address("i"), ..open }));
        let top = EntityId::from_uuid(id(3, n));
        let name = format!("Unit {n:06}").parse().unwrap();
        org.put(Row::Entity(Entity { id: top, name, ..entity.as_ref().clone() }));
        let identifier = rolodeck::domain::name::AccountIdentifier::new(&format!("TILL-{n:06}")).unwrap();
        org.put(Row::Account(Account {
            id: AccountId::from_uuid(id(4, n)),
            entity: top,
            identifier,
            ..account.as_ref().clone()
        }));
        if n % 20 == 0 {
            let name = format!("Job {n:06}").parse().unwrap();
            org.put(Row::Role(Role { id: RoleId::from_uuid(id(5, n)), name, ..role.clone() }));
        }
    }
}

/// Counts what is written.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The most bytes and questions of some cursor moves on a screen.
fn cost(desk: &mut Desk, place: &str, size: (u16, u16)) -> (usize, usize) {
    desk.resize(size);
    desk.keys(place).screen();
    desk.settle();
    let written = Counter::default();
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.0, size.1));
    let mut terminal =
        Terminal::with_options(CrosstermBackend::new(written.clone()), TerminalOptions { viewport }).unwrap();
    terminal.draw(|frame| desk.app.draw(frame)).unwrap();
    let moves = Key::sequence("jjjjkjj");
    let costs = moves.into_iter().map(|key| {
        let before = written.0.get();
        desk.app.handle(Event::Key(key));
        desk.app.work();
        let requests: Vec<_> = desk.app.take_requests().collect();
        terminal.draw(|frame| desk.app.draw(frame)).unwrap();
        let bytes = written.0.get() - before;
        let asked = requests.len();
        for (ticket, request) in requests {
            let answer = desk.worker.serve(request);
            desk.app.report(rolodeck::engine::Report::Done(ticket, answer));
        }
        terminal.draw(|frame| desk.app.draw(frame)).unwrap();
        (bytes, asked)
    });
    costs.fold((0, 0), |(bytes, asked), (more, questions)| (bytes.max(more), asked.max(questions)))
}

#[test]
fn a_cursor_move_costs_the_same_in_a_large_organization() {
    let mut small = Desk::sample_with(SMALL, |org| grown(org, 60));
    let mut large = Desk::sample_with(SMALL, |org| grown(org, 1_500));
    for (place, size) in ["1", "<tab>", "2", "4", "5"].into_iter().flat_map(|place| [(place, SMALL), (place, LARGE)]) {
        // The second tab of the users is there already when its second size comes.
        let keys = if (place, size) == ("<tab>", LARGE) { "" } else { place };
        let few = cost(&mut small, keys, size);
        let many = cost(&mut large, keys, size);
        assert_eq!(few.1, many.1, "{place} at {size:?}: questions to the engine");
        assert!(many.1 <= 2, "{place} at {size:?}: {many:?}");
        // Where there is room the selected row is told beside the list, and all of that changes with it.
        let allowed = if size == SMALL { LIST } else { WITH_DETAIL };
        assert!(few.0.max(many.0) <= allowed, "{place} at {size:?}: {few:?} and {many:?}");
    }
}

#[test]
fn whoever_hurries_through_a_list_is_sent_the_list_alone() {
    for place in ["1", "2", "4", "5"] {
        let mut desk = Desk::sample_with(LARGE, |org| grown(org, 60));
        let mut calm = Desk::sample_with(LARGE, |org| grown(org, 60));
        desk.keys(place).keys("j").screen();
        calm.keys(place).screen();
        calm.keys("jjjjjj");
        let written = Counter::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, LARGE.0, LARGE.1));
        let mut terminal =
            Terminal::with_options(CrosstermBackend::new(written.clone()), TerminalOptions { viewport }).unwrap();
        terminal.draw(|frame| desk.app.draw(frame)).unwrap();
        for key in Key::sequence("jjjjj") {
            let before = written.0.get();
            desk.app.handle(Event::Haste);
            desk.app.handle(Event::Key(key));
            assert!(!desk.app.work());
            assert_eq!(desk.app.take_requests().count(), 0, "{place}: nothing that is not read is asked for");
            terminal.draw(|frame| desk.app.draw(frame)).unwrap();
            assert!(written.0.get() - before <= LIST, "{place}: {} bytes", written.0.get() - before);
        }
        assert_ne!(desk.screen(), calm.screen(), "{place}: what is beside the list waits");
        desk.app.take_changed();
        desk.app.handle(Event::Rest);
        assert!(desk.app.take_changed(), "{place}: a frame follows");
        desk.settle();
        assert_eq!(desk.screen(), calm.screen(), "{place}");
    }
}

#[test]
fn what_a_filter_will_look_through_is_read_unseen_and_in_small_pieces() {
    let mut desk = Desk::sample_with(LARGE, |org| grown(org, 3_500));
    Key::sequence("1").into_iter().for_each(|key| desk.app.handle(Event::Key(key)));
    desk.app.take_changed();
    let pieces = std::iter::from_fn(|| desk.app.work().then(|| desk.app.take_changed()));
    let drawn: Vec<bool> = pieces.collect();
    assert!((4..=6).contains(&drawn.len()), "{} pieces", drawn.len());
    assert!(!drawn.contains(&true), "nothing that is seen changed: {drawn:?}");
}

/// How many frames are drawn in a minute in which nothing is typed.
fn frames(desk: &mut Desk, place: &str) -> usize {
    desk.buffer();
    desk.settle();
    desk.app.take_changed();
    let seconds = (1..=60).filter(|_| {
        desk.weather.wait(jiff::SignedDuration::from_secs(1));
        desk.app.handle(Event::Tick(desk.weather.outside().now()));
        let more = desk.app.work();
        let asked: Vec<_> = desk.app.take_requests().collect();
        assert!(!more && asked.is_empty(), "{place}: {asked:?}");
        desk.app.take_changed()
    });
    seconds.count()
}

#[test]
fn nobody_at_the_keyboard_costs_nothing_but_a_look_at_the_time() {
    let mut desk = Desk::sample(LARGE);
    for place in ["0", "1", "2", "3", "4", "5", "6", "m"] {
        desk.keys(place);
        assert_eq!(frames(&mut desk, place), 6, "frames in a minute at {place}");
    }
    assert_eq!(frames(&mut Desk::empty(SMALL), "the first page"), 6);
}
