//! Every screen and box at every size, with ordinary and with unruly names.
use ratatui::buffer::CellWidth;
use rolodeck::domain::org::Org;
use rolodeck::domain::row::Row;

use crate::desk::Desk;

/// Keys that lead to every screen and box of the sample.
pub const PLACES: [&str; 42] = [
    "0",
    "1",
    "1<tab>",
    "1a",
    "1i",
    "1b",
    "1/ann",
    "1<enter>",
    "1x",
    "2",
    "2n",
    "2n<tab>",
    "2n<space>jj<space><enter>",
    "2u",
    "2x",
    "2t",
    "2r",
    "3",
    "4",
    "4F",
    "4E",
    "4<enter>",
    "5",
    "5n",
    "5p",
    "5v",
    "5jw",
    "6",
    "6s",
    "6e",
    "m",
    "?",
    ":pay",
    "T",
    "z",
    "1@",
    "1d",
    "1y",
    "6c",
    "mw",
    "mu",
    "2/pay",
];

/// The sample with names that are wide, long, combining or from right to left.
pub fn unruly(org: &mut Org) {
    let names = [
        "日本商事株式会社財務部門",
        "Zoe\u{308} Müller-Łódź",
        "شركة الخزانة",
        "👩 Ltd 🏦",
        "Extraordinarily long name of somebody or something that goes on",
    ];
    for (n, role) in
        org.roles().values().cloned().collect::<Vec<_>>().into_iter().enumerate().filter(|(_, role)| !role.is_owner())
    {
        let name = format!("{} {n}", names[n % names.len()]).parse().unwrap();
        org.put(Row::Role(rolodeck::domain::role::Role { name, ..role.as_ref().clone() }));
    }
    for (n, user) in org.users().values().cloned().collect::<Vec<_>>().into_iter().enumerate() {
        let name = names[n % names.len()].parse().unwrap();
        let address = format!("a.very.long.address.of.somebody.number.{n}@treasury.example.com").parse().unwrap();
        org.put(Row::User(rolodeck::domain::user::User { name, address, ..user.as_ref().clone() }));
    }
    for (n, entity) in org.entities().values().cloned().collect::<Vec<_>>().into_iter().enumerate() {
        let name = format!("{} {n}", names[n % names.len()]).parse().unwrap();
        org.put(Row::Entity(rolodeck::domain::organization::Entity { name, ..entity.as_ref().clone() }));
    }
}

/// Draws a place at these sizes; no row may come out wider or narrower than the screen.
fn draw(org: fn(&mut Org), place: &str, sizes: &[(u16, u16)]) {
    let mut desk = Desk::sample_with((80, 24), org);
    desk.keys(place);
    for size in sizes {
        desk.resize(*size);
        let buffer = desk.buffer();
        assert_eq!((buffer.area.width, buffer.area.height), *size);
        for (y, row) in buffer.content.chunks(usize::from(size.0)).enumerate() {
            let mut x = 0;
            while let Some(cell) = row.get(x) {
                x += usize::from(cell.cell_width()).max(1);
            }
            assert_eq!(x, row.len(), "{place} at {size:?}: line {y} is cut inside a character");
        }
    }
}

fn some() -> Vec<(u16, u16)> {
    let widths = [1, 2, 7, 39, 79, 80, 81, 93, 94, 120, 151, 200, 300];
    let heights = [1, 2, 5, 23, 24, 25, 40, 60, 100];
    widths.into_iter().flat_map(|width| heights.map(|height| (width, height))).collect()
}

#[test]
fn every_screen_is_drawn_at_any_size() {
    for place in PLACES {
        draw(|_| {}, place, &some());
    }
}

#[test]
fn unruly_names_keep_every_screen_straight() {
    for place in PLACES {
        draw(unruly, place, &some());
    }
}

#[test]
fn unruly_names_are_seen_like_this() {
    let mut desk = Desk::sample_with((80, 24), unruly);
    insta::assert_snapshot!("unruly_users", desk.keys("1").screen());
    insta::assert_snapshot!("unruly_roles", desk.keys("2").screen());
    insta::assert_snapshot!("unruly_entities", desk.keys("5").screen());
    // The end of an address is never cut.
    let users = desk.keys("1<tab>").screen();
    assert!(
        users
            .lines()
            .filter(|line| line.contains("…@") || line.contains("@lum"))
            .all(|line| line.contains("example.com")),
        "{users}"
    );
}

#[test]
#[ignore = "takes minutes: every size from 1x1 to 300x100"]
fn every_screen_is_drawn_at_every_size() {
    let all: Vec<_> = (1..=300).flat_map(|width| (1..=100).map(move |height| (width, height))).collect();
    std::thread::scope(|scope| {
        for half in PLACES.chunks(PLACES.len().div_ceil(2)) {
            let all = &all;
            scope.spawn(move || half.iter().for_each(|place| draw(unruly, place, all)));
        }
    });
}
