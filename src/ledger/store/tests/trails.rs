//! Pages of the log that fit a query.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use jiff::SignedDuration;
use proptest::prelude::*;

use super::desk::*;
use crate::domain::access::Person;
use crate::domain::organization::Nature;
use crate::domain::row::{Difference, Kind, Row, RowId};
use crate::ledger::entry::{Body, Draft, Header, Outcome, Stamp, StampKind};
use crate::ledger::query::{About, Direction, Query, Span, Who};
use crate::ledger::secrets::Secrets;
use crate::ledger::store::trail::with_credentials;
use crate::ledger::store::{Found, Store};

const COMMANDS: [&str; 4] = ["sign_in", "sign_out", "rename_role", "edit_role"];

/// An entry as a roll of dice decides: who, what, what became of it, which row changed, minutes since the last.
type Dice = (u8, u8, u8, u8, u8);

fn stamp(who: u8) -> Stamp {
    match who % 6 {
        0 => Stamp::of(StampKind::System),
        1 => Stamp::of(StampKind::Nobody),
        n => Stamp::person(Person { user: user_id(u128::from(n)), role: role_id(1) }, None),
    }
}

fn append(store: &mut Store, (who, what, outcome, row, minutes): Dice) {
    let mut writing = store.begin().unwrap();
    let mut after = (*writing.org()).clone();
    let outcome = Outcome::ALL[usize::from(outcome) % 5];
    if outcome != Outcome::Refused {
        let name = format!("Role {}", writing.head().seq);
        match row % 5 {
            n @ 0..3 => after.put(Row::Role(role(10 + u128::from(n), &name, simple()))),
            3 => after.put(Row::User(user(2, &name, "grace@example.com"))),
            _ => {}
        }
    }
    let difference = Difference::between(&writing.org(), &after);
    let at = writing.head().at.max(now()) + SignedDuration::from_mins(i64::from(minutes % 3));
    let draft = Draft::new(COMMANDS[usize::from(what) % 4], outcome, stamp(who)).with_difference(&difference).unwrap();
    let entry = draft.seal(&writing.head(), at, &outside());
    writing.append(entry, &difference, after, &Secrets::none()).unwrap();
    writing.commit().unwrap();
}

fn log_of(dice: &[Dice]) -> Store {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    change(&mut store, |org| *org = small(Nature::Real));
    dice.iter().for_each(|dice| append(&mut store, *dice));
    store
}

/// The words that count in these tests.
fn says(text: &str, header: &Header, bodies: &[Body]) -> bool {
    let said = |body: &Body| String::from_utf8_lossy(body.bytes.as_deref().unwrap_or_default()).contains(text);
    header.command.contains(text) || bodies.iter().any(said)
}

/// What fits, found without any index.
fn naive(store: &Store, query: &Query) -> Vec<u64> {
    let fits = |header: &&Header| {
        let bodies = store.bodies(header.seq).unwrap();
        let about = |body: &Body, row: RowId| {
            with_credentials(row).any(|row| *body.kind == *row.kind.name() && body.id == Some(row.id))
        };
        (match query.who {
            None => true,
            Some(Who::User(user)) => header.actor.user == Some(user),
            Some(Who::Kind(kind)) => header.actor.kind == kind,
        }) && (query.commands.is_empty() || query.commands.contains(&&*header.command))
            && (query.outcomes.is_empty() || query.outcomes.contains(&header.outcome))
            && (match query.about {
                None => true,
                Some(About::Row(row)) => bodies.iter().any(|body| about(body, row)),
                Some(About::Kind(kind)) => bodies.iter().any(|body| *body.kind == *kind.name()),
            })
            && query.from.is_none_or(|from| header.at >= from)
            && query.until.is_none_or(|until| header.at < until)
            && (query.text.is_empty() || says(&query.text, header, &bodies))
    };
    store.newest_before(u64::MAX, u32::MAX).unwrap().iter().filter(fits).map(|header| header.seq).collect()
}

/// Every page of it, one after another.
fn paged(store: &Store, query: &Query, direction: Direction, limit: usize, budget: u32) -> (Vec<u64>, Vec<Found>) {
    let mut from = if direction == Direction::Older { u64::MAX } else { 0 };
    let (mut numbers, mut pages) = (Vec::new(), Vec::new());
    loop {
        let span = Span { direction, from, limit, budget };
        let page = store.trail(query, &span, |header, bodies| says(&query.text, header, bodies)).unwrap();
        numbers.extend(page.headers.iter().map(|header| header.seq));
        assert!(page.headers.len() <= limit);
        pages.push(page.clone());
        match page.rest {
            Some(rest) => assert_ne!(std::mem::replace(&mut from, rest), rest, "the search goes on"),
            None => break,
        }
    }
    if direction == Direction::Newer {
        numbers.reverse();
    }
    (numbers, pages)
}

fn query() -> impl Strategy<Value = Query> {
    let who = prop_oneof![
        Just(None),
        (0..8_u8).prop_map(|n| match n {
            0 => Some(Who::Kind(StampKind::System)),
            1 => Some(Who::Kind(StampKind::Nobody)),
            2 => Some(Who::Kind(StampKind::Person)),
            n => Some(Who::User(user_id(u128::from(n) - 2))),
        }),
    ];
    let about = prop_oneof![
        Just(None),
        (0..4_u128).prop_map(|n| Some(About::Row(RowId::from(role_id(10 + n))))),
        Just(Some(About::Row(RowId::from(user_id(2))))),
        Just(Some(About::Kind(Kind::User))),
        Just(Some(About::Kind(Kind::Role))),
    ];
    let time = prop_oneof![Just(None), (-2..40_i64).prop_map(|minutes| Some(later(minutes)))];
    let commands = proptest::sample::subsequence(COMMANDS.to_vec(), 0..3);
    let outcomes = proptest::sample::subsequence(Outcome::ALL.to_vec(), 0..3);
    let text = prop_oneof![3 => Just(String::new()), 1 => Just("Role 1".to_owned()), 1 => Just("sign".to_owned())];
    (who, about, commands, outcomes, time.clone(), time, text).prop_map(
        |(who, about, commands, outcomes, from, until, text)| Query {
            who,
            about,
            commands,
            outcomes,
            from,
            until,
            text,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn pages_hold_what_a_look_at_every_entry_finds(
        dice in proptest::collection::vec(any::<Dice>(), 0..50),
        queries in proptest::collection::vec((query(), 1..20_usize, 1..60_u32), 12),
    ) {
        let store = log_of(&dice);
        for (query, limit, budget) in &queries {
            let all = naive(&store, query);
            for direction in [Direction::Older, Direction::Newer] {
                let (found, _) = paged(&store, query, direction, *limit, *budget);
                prop_assert_eq!(&found, &all, "{:?} {:?}", query, direction);
            }
        }
    }
}

/// A log in which every hundredth entry is a refusal of user 2, and nearly all are sign-ins of user 3.
fn long(entries: u64) -> Store {
    let mut store = Store::in_memory(Nature::Real).unwrap();
    change(&mut store, |org| *org = small(Nature::Real));
    for n in 0..entries {
        let rare = n % 100 == 7;
        let (who, outcome) = if rare { (2, Outcome::Refused) } else { (3, Outcome::Done) };
        let stamp = Stamp::person(Person { user: user_id(who), role: role_id(1) }, None);
        note(&mut store, "sign_in", outcome, stamp, now());
    }
    store
}

#[test]
fn a_page_costs_the_same_in_a_long_log_as_in_a_short_one() {
    let (short, long) = (long(400), long(10_000));
    let queries = [
        Query::default(),
        Query { outcomes: vec![Outcome::Refused], ..Query::default() },
        Query { who: Some(Who::User(user_id(2))), commands: vec!["sign_in"], ..Query::default() },
        Query { about: Some(About::Row(RowId::from(role_id(2)))), ..Query::default() },
        Query { outcomes: vec![Outcome::Approved], ..Query::default() },
    ];
    for query in queries {
        let pages = [&short, &long].map(|store| {
            let span = Span { direction: Direction::Older, from: u64::MAX, limit: 4, budget: 10_000 };
            store.trail(&query, &span, |_, _| true).unwrap()
        });
        assert_eq!(pages[0].headers.len(), pages[1].headers.len(), "{query:?}");
        assert_eq!(pages[0].steps, pages[1].steps, "{query:?}");
        assert!(pages[1].steps <= 20, "{query:?}: {}", pages[1].steps);
    }
}

#[test]
fn a_search_that_finds_nothing_stops_and_says_how_far_it_came() {
    let store = long(10_000);
    let query = Query { text: "nowhere".into(), ..Query::default() };
    let span = Span { direction: Direction::Older, from: u64::MAX, limit: 4, budget: 200 };
    let page = store.trail(&query, &span, |_, _| false).unwrap();
    assert_eq!((page.headers.len(), page.rest), (0, Some(10_001 - 199)));
    assert!(page.steps <= 201);
    let (found, pages) = paged(&store, &query, Direction::Older, 4, 2_000);
    assert_eq!((found.len(), pages.len()), (0, 6));
}

#[test]
fn two_conditions_that_never_meet_stop_in_time() {
    let mut store = long(2_000);
    note(&mut store, "edit_role", Outcome::Done, stamp(0), now());
    let query = Query { who: Some(Who::User(user_id(2))), outcomes: vec![Outcome::Done], ..Query::default() };
    let (found, pages) = paged(&store, &query, Direction::Older, 4, 20);
    assert_eq!(found, naive(&store, &query));
    assert!(pages.iter().all(|page| page.steps <= 24), "no slice takes longer");
}

#[test]
fn moments_are_found_by_halving() {
    let mut store = log_of(&[]);
    (1..50).for_each(|n| {
        note(&mut store, "sign_in", Outcome::Done, stamp(2), later(n / 2));
    });
    let at = |seq: u64| store.entry(seq).unwrap().unwrap().at;
    for minutes in [-5, 0, 1, 7, 24, 60] {
        let first = store.first_since(later(minutes)).unwrap();
        assert!(first > 50 || at(first) >= later(minutes));
        assert!(first == 1 || at(first - 1) < later(minutes));
    }
}

#[test]
fn parts_of_a_large_entry_are_counted_and_not_read() {
    let mut store = log_of(&[]);
    let seq = change(&mut store, |org| {
        (0..40).for_each(|n| org.put(Row::Role(role(100 + n, &format!("Role {n}"), simple()))));
    });
    let (bodies, parts) = store.first_bodies(seq, 6).unwrap();
    assert_eq!((bodies.len(), parts), (6, 40));
    assert_eq!(store.first_bodies(seq, 99).unwrap().1, 40);
    assert_eq!(store.first_bodies(seq + 1, 6).unwrap(), (Vec::new(), 0));
}
