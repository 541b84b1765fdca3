//! Getting anywhere: the palette, what uses a thing, the way back, and the mouse around the screen.
use ratatui::layout::Position;
use rolodeck::domain::row::Row;
use rolodeck::domain::user::User;
use rolodeck::tui::event::{Event, Mouse, MouseKind};
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL};

/// Presses the mouse where a text stands.
fn click(desk: &mut Desk, text: &str) {
    let at = place(desk, text).unwrap_or_else(|| panic!("“{text}” is not on the screen:\n{}", desk.screen()));
    click_at(desk, at);
}

fn click_at(desk: &mut Desk, at: Position) {
    desk.app.handle(Event::Mouse(Mouse { kind: MouseKind::Down, column: at.x, row: at.y }));
    desk.settle();
}

/// Where a text of narrow characters stands for the first time.
fn place(desk: &mut Desk, text: &str) -> Option<Position> {
    let buffer = desk.buffer();
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    let wanted: Vec<String> = text.chars().map(String::from).collect();
    rows.enumerate().find_map(|(y, row)| {
        let x = row.windows(wanted.len()).position(|cells| cells.iter().map(|cell| cell.symbol()).eq(&wanted))?;
        Some(Position::new(u16::try_from(x).unwrap(), u16::try_from(y).unwrap()))
    })
}

#[test]
fn the_palette_goes_to_rows_by_a_noun_and_a_word() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("0:users zoe").see("Users with “zoe”").keys("<enter>").see("User management › Users");
    desk.see("zoe").see_not("Go to, or do");
    desk.keys(":roles payment<enter>").see("Payment approver").see_not("Dashboard designer");
    desk.keys(":entities japan<enter>").see("Lumbrevik Japan K.K.").see_not("Lumbrevik Danmark");
    desk.keys(":trail founded<enter>").see("Audit trail").see("founded");
    desk.keys(":requests<enter>").see("Change requests");
    desk.keys(":invited expired<enter>").see("kat").see_not("in 5 days");
}

#[test]
fn the_palette_finds_people_and_things_by_name_and_forgives_gaps() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("0:betriebs").see("account").see("Betriebskonto").keys("<enter>").see("Betriebskonto");
    desk.keys(":mateusz").see("Mateusz Wi").keys("<enter>").see("Mateusz").see_not("Ingrid Åsgård   ");
    desk.keys(":pymntapr").see("Payment approver");
    desk.keys("<esc>").see_not("Go to, or do");
    desk.keys(":zzzzqqq").see("Nothing is called that");
}

#[test]
fn the_palette_does_what_other_screens_do_and_says_what_is_not_allowed() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("0:invite users").see("Users › Invite users").keys("<enter>").see("Invite users");
    desk.keys("<esc>0:create new<enter>").see("Simple setup");
    let mut desk = Desk::sample_as("佐藤 美咲", "Japan office, all in one", SMALL);
    desk.keys("0:create new").keys("<enter>").see_not("Simple setup");
    desk.see("roles:create");
}

#[test]
fn the_palette_remembers_what_was_looked_for() {
    let mut desk = Desk::sample(SMALL);
    desk.keys(":users zoe<enter>:roles payment<enter>").keys(":<up>").see("roles payment");
    desk.keys("<up>").see("users zoe").keys("<down>").see("roles payment").keys("<up><enter>").see("zoe");
    desk.keys(":<up>").see("users zoe").keys("<up>").see("roles payment");
}

#[test]
fn the_palette_finds_one_of_many_people() {
    let mut desk = Desk::sample_with(SMALL, |org| {
        let like = org.users().values().next().unwrap().as_ref().clone();
        for n in 0..12_000_u32 {
            let id = rolodeck::domain::id::UserId::from_uuid(uuid::Uuid::from_u128(u128::from(n) << 64 | 0xabc));
            let name = rolodeck::domain::name::PersonName::new(&format!("Person {n}")).unwrap();
            let address = rolodeck::domain::address::EmailAddress::new(&format!("p{n}@example.com")).unwrap();
            org.put(Row::User(User { id, name, address, apart: Default::default(), ..like.clone() }));
        }
    });
    desk.keys("0:p11987@").see("Person 11987").keys("<enter>").see("Person 11987");
}

#[test]
fn esc_comes_back_to_the_row_and_the_filter() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("2/pay<enter>j");
    let before = desk.screen();
    desk.keys(":users zoe<enter>").see("zoe").keys("<esc>").keys("<esc>");
    assert_eq!(desk.screen(), before);
    // From a list of what uses a role, too.
    desk.keys("u");
    let list = desk.screen();
    desk.keys("<enter>").see("User management › Users").keys("<esc><esc>");
    assert_eq!(desk.screen(), list);
    desk.keys("<esc>");
    assert_eq!(desk.screen(), before);
    // A digit goes for good: what was looked for on the way there is forgotten, what stood there before is not.
    desk.keys(":users zoe<enter>0").see("Ready for real money?").keys("<esc>").see("Ready for real money?");
    desk.keys("2");
    assert_eq!(desk.screen(), before);
}

#[test]
fn a_draft_waits_while_one_looks_elsewhere() {
    let mut desk = Desk::sample(SMALL);
    desk.keys("2n").see("Simple setup").keys("<space><f12>");
    let draft = desk.screen();
    desk.keys(":users zoe<enter>").see("zoe").keys("<esc><esc>");
    assert_eq!(desk.screen(), draft);
    desk.keys(":users zoe<enter>q").see("Leave without saving?").keys("<esc>");
    assert!(!desk.ended);
}

#[test]
fn what_uses_a_thing_is_listed_and_leads_there() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("2/payment approver<enter>u");
    insta::assert_snapshot!("used_by_role", desk.screen());
    desk.keys("<esc>5/betriebs<enter>Gu");
    insta::assert_snapshot!("used_by_account", desk.screen());
    desk.keys("<enter>").see("User management › Roles");
    let mut desk = Desk::sample_as("佐藤 美咲", "Japan office, all in one", SMALL);
    desk.keys("5u").see("Used by");
}

#[test]
fn the_palette_looks_like_this() {
    for (name, size) in [("palette_small", SMALL), ("palette_large", LARGE)] {
        let mut desk = Desk::sample(size);
        insta::assert_snapshot!(name, desk.keys("2:").screen());
        insta::assert_snapshot!(format!("{name}_found"), desk.keys("pay").screen());
    }
}

#[test]
fn a_click_on_a_key_of_the_footer_is_the_key() {
    for place_key in ["0", "1", "1<tab>", "2", "3", "4", "5", "6", "m", "2n", "1i", "5n", "?", "1b", "4F"] {
        let keys = {
            let mut desk = Desk::sample(LARGE);
            desk.keys(place_key);
            shown_keys(&mut desk)
        };
        assert!(!keys.is_empty(), "{place_key} shows no key");
        for (key, label, at) in keys {
            let (mut clicked, mut pressed) = (Desk::sample(LARGE), Desk::sample(LARGE));
            clicked.keys(place_key).screen();
            pressed.keys(place_key).screen();
            click_at(&mut clicked, at);
            pressed.app.handle(Event::Key(key));
            pressed.settle();
            assert_eq!(shown(&mut clicked), shown(&mut pressed), "{place_key}: {key} {label}");
        }
    }
}

/// The screen without the name of the folder that this organization is in.
fn shown(desk: &mut Desk) -> String {
    let folder = desk.folder().to_string_lossy().into_owned();
    desk.screen().replace(&folder, "FOLDER")
}

/// The keys in the last line with the labels behind them, and where they stand.
fn shown_keys(desk: &mut Desk) -> Vec<(Key, String, Position)> {
    let screen = desk.screen();
    let last = screen.lines().last().unwrap().to_owned();
    let row = u16::try_from(screen.lines().count() - 1).unwrap();
    let mut found = Vec::new();
    let mut x = 0;
    for part in last.split("  ") {
        let indent = part.len() - part.trim_start().len();
        if let Some((key, label)) = part.trim().split_once(' ')
            && let Ok(key) =
                key.replace('↑', "up").replace('↓', "down").replace('←', "left").replace('→', "right").parse()
            && label != "keys"
        {
            let column = last.chars().take(x + indent).count();
            found.push((key, label.to_owned(), Position::new(u16::try_from(column).unwrap(), row)));
        }
        x += part.chars().count() + 2;
    }
    found
}

#[test]
fn the_navigation_the_path_and_the_corner_can_be_clicked() {
    let mut desk = Desk::sample(LARGE);
    desk.screen();
    click(&mut desk, "Audit trail");
    desk.see("rolodeck › Audit trail");
    click(&mut desk, "Entities and acc");
    desk.see("rolodeck › Entities and accounts").keys("<enter>").see("Entities and accounts ›");
    let at = place(&mut desk, "Entities and accounts ›").unwrap();
    click_at(&mut desk, at);
    desk.see_not("Entities and accounts ›");
    click(&mut desk, "My account");
    desk.see("Last sign-in");
    click(&mut desk, "? keys");
    desk.see("type to search");
    // A box is answered before one goes elsewhere.
    click(&mut desk, "Organization");
    desk.see("type to search");
}

#[test]
fn the_answers_of_a_question_can_be_clicked() {
    let mut desk = Desk::sample(LARGE);
    let invited = |desk: &Desk| desk.worker.view().unwrap().unwrap().org.invitations().len();
    let before = invited(&desk);
    desk.keys("1<tab>x");
    click(&mut desk, " Cancel ");
    desk.see_not("stops working");
    assert_eq!(invited(&desk), before, "Cancel changes nothing");
    desk.keys("x");
    let answers = place(&mut desk, " Cancel ").unwrap();
    // Between the answers is none.
    click_at(&mut desk, Position { x: answers.x + 9, ..answers });
    desk.see("stops working");
    click_at(&mut desk, Position { x: answers.x + 12, ..answers });
    desk.see_not("stops working");
    assert_eq!(invited(&desk), before - 1);
}

#[test]
fn the_switches_of_four_eyes_can_be_clicked() {
    let mut desk = Desk::sample(LARGE);
    desk.keys("6s").see("Organization security").see("☐ User management");
    click(&mut desk, "deactivating a user  ");
    desk.see_not("☑");
    click(&mut desk, "deactivating a user  ");
    desk.see("☑ User management");
}
