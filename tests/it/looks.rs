//! Themes, symbols and keys, as the settings and the terminal choose them.
use jiff::SignedDuration;
use ratatui::style::Color;
use rolodeck::settings::{GlyphChoice, Settings, Switch, ThemeName};
use rolodeck::tui::app::{App, Start};
use rolodeck::tui::appearance::Appearance;
use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;
use rolodeck::tui::keymap::Keymap;
use rolodeck::tui::theme::{Colour, Ground, Looks, Surroundings};

use crate::desk::{Desk, LARGE, SMALL};
use crate::sizes::PLACES;

fn looks(glyphs: GlyphChoice) -> Looks {
    let (term, colorterm) = (Some("xterm-256color"), Some("truecolor"));
    Looks::of(Surroundings { colour: Colour::Allowed, term, colorterm, locale: Some("en_GB.UTF-8"), glyphs })
}

/// The same desk for somebody to whom it shall look like this.
fn with(mut desk: Desk, appearance: Appearance) -> Desk {
    let scene = desk.app.scene();
    desk.app = App::new(Start {
        view: scene.view.clone(),
        session: scene.session.clone(),
        outside: scene.outside.clone(),
        appearance,
        change: scene.change,
        organizations: scene.organizations.clone(),
        opening: None,
        zone: scene.zone.clone(),
    });
    desk.settle();
    desk
}

fn remapped(size: (u16, u16), text: &str) -> Desk {
    let keymap = Keymap::new(&Settings::parse(text).unwrap().keys).unwrap();
    with(Desk::sample(size), Appearance { keymap, ..Appearance::default() })
}

#[test]
fn with_ascii_alone_nothing_of_ours_is_anything_else() {
    for size in [SMALL, LARGE, (200, 60)] {
        for place in PLACES {
            let appearance = Appearance { looks: looks(GlyphChoice::Ascii), ..Appearance::default() };
            let mut desk = with(Desk::sample(size), appearance);
            desk.keys(place);
            // Names of people and places, and what our sentences quote, are what they are.
            let ours = |c: char| "─│╭╮╰╯├┤┌┐└┘━┃┏┓┗┛▌▾▸☐☑◪▣◉○✓✗▲●◆↑↓→←›·…•“”‘’█░▁▂▃▄▅▆▇–−".contains(c);
            let screen = desk.screen();
            let other: String = screen.chars().filter(|c| ours(*c)).collect();
            assert_eq!(other, "", "{place} at {size:?}:\n{screen}");
        }
    }
}

#[test]
fn the_ascii_screens_look_like_this() {
    let desk = || with(Desk::sample(SMALL), Appearance { looks: looks(GlyphChoice::Ascii), ..Appearance::default() });
    insta::assert_snapshot!("ascii_roles", desk().keys("2").screen());
    insta::assert_snapshot!("ascii_wizard", desk().keys("2n<tab>").screen());
    insta::assert_snapshot!("ascii_entities", desk().keys("5").screen());
}

#[test]
fn the_background_chooses_only_where_nobody_else_did() {
    let background = |desk: &mut Desk| desk.app.scene().theme.warning.fg;
    let appearance = |name| Appearance { looks: looks(GlyphChoice::Auto), name, ..Appearance::default() };
    let mut auto = with(Desk::sample(SMALL), appearance(ThemeName::Auto));
    let before = background(&mut auto);
    auto.app.handle(Event::Ground(Ground::Light));
    let light = background(&mut auto);
    auto.app.handle(Event::Ground(Ground::Dark));
    assert!(before != light && light != background(&mut auto));
    let mut chosen = with(Desk::sample(SMALL), appearance(ThemeName::HighContrast));
    let before = background(&mut chosen);
    chosen.app.handle(Event::Ground(Ground::Light));
    assert_eq!(background(&mut chosen), before);
}

#[test]
fn a_theme_with_a_background_paints_all_of_it() {
    for name in [ThemeName::HighContrast, ThemeName::BlueOrange, ThemeName::TealRed] {
        for place in ["0", "1i", "2n", "2x", "4F", "?"] {
            let appearance = Appearance { looks: looks(GlyphChoice::Auto), name, ..Appearance::default() };
            let mut desk = with(Desk::sample(LARGE), appearance);
            desk.keys(place);
            let buffer = desk.buffer();
            assert!(
                buffer.content.iter().all(|cell| cell.bg != Color::Reset && cell.fg != Color::Reset),
                "{name:?} {place}"
            );
        }
    }
}

#[test]
fn themes_are_shown_while_they_are_chosen_and_esc_puts_the_old_one_back() {
    let appearance = Appearance { looks: looks(GlyphChoice::Auto), ..Appearance::default() };
    let mut desk = with(Desk::sample(SMALL), appearance);
    let before = desk.app.scene().theme;
    desk.keys("T");
    insta::assert_snapshot!("themes", desk.screen());
    desk.keys("jjj");
    assert_eq!(desk.app.scene().appearance.name, ThemeName::HighContrast);
    assert_ne!(desk.app.scene().theme, before);
    desk.keys("<esc>");
    assert_eq!(desk.app.scene().theme, before);
    desk.keys("Tj<enter>").see("theme = \"light\" below [screen]").see_not("look twice");
    assert_eq!(desk.app.scene().appearance.name, ThemeName::Light);
}

#[test]
fn another_key_does_it_is_shown_and_the_usual_one_is_free() {
    let mut desk = remapped(SMALL, "[keys.roles]\n\"Create new\" = \"c\"\n[keys.everywhere]\n\"My account\" = \"M\"\n");
    desk.keys("2").see("[ Create new  c ]").see(" M My account").keys("n").see_not("Simple setup");
    desk.keys("?create new").see("c").keys("<esc>c").see("Simple setup");
    desk.keys("<esc>M").see("Last sign-in").keys("<esc>m").see_not("Last sign-in");
}

#[test]
fn a_remapped_letter_is_still_a_letter_where_one_types() {
    let mut desk = remapped(SMALL, "[keys.roles]\n\"Create new\" = \"c\"\n");
    desk.keys("2/acc").see("acc").see_not("Simple setup").keys("<esc>nc").see("Simple setup");
}

#[test]
fn what_is_said_of_a_key_follows_the_settings() {
    let nobody_is_invited = |settings: &str| {
        let keymap = Keymap::new(&Settings::parse(settings).unwrap().keys).unwrap();
        let desk = Desk::sample_with(SMALL, |org| {
            let open: Vec<_> = org.invitations().keys().copied().collect();
            open.into_iter().for_each(|id| org.remove(id.into()));
        });
        with(desk, Appearance { keymap, ..Appearance::default() })
    };
    nobody_is_invited("").keys("1<tab>").see("Press i to invite users.");
    nobody_is_invited("[keys.users]\n\"Invite users\" = \"n\"\n").keys("1<tab>").see("Press n to invite users.");
}

#[test]
fn nothing_turns_unless_somebody_waits() {
    let appearance = Appearance { animation: Switch::On, ..Appearance::default() };
    let mut desk = with(Desk::sample(SMALL), appearance.clone());
    let before = desk.keys("4").screen();
    assert_eq!(desk.wait(SignedDuration::from_secs(1)).screen(), before);
    // A question that the engine has not answered yet.
    let wait = |desk: &mut Desk| {
        let mut frames = Vec::new();
        desk.app.handle(Event::Key(Key::char('0')));
        desk.app.handle(Event::Key(Key::char('4')));
        desk.app.work();
        for _ in 0..4 {
            desk.weather.wait(SignedDuration::from_secs(1));
            let now = desk.weather.outside().now();
            desk.app.handle(Event::Tick(now));
            frames.extend(desk.screen().lines().filter(|line| line.contains("Working")).map(str::to_owned));
        }
        frames
    };
    let turning = wait(&mut with(Desk::sample(SMALL), appearance));
    assert_eq!(turning.len(), 4);
    assert!(turning.windows(2).all(|two| two[0] != two[1]), "{turning:?}");
    let still = wait(&mut Desk::sample(SMALL));
    assert!(still.len() == 4 && still.windows(2).all(|two| two[0] == two[1]), "{still:?}");
}
