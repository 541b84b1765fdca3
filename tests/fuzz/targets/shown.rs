//! Any text made visible: nothing in it acts, widths are true, and two texts can be told apart.
#![no_main]

use rolodeck::domain::text::Shown;
use rolodeck::tui::widget::line::columns;
use unicode_normalization::UnicodeNormalization;

fn acts(c: char) -> bool {
    let hidden = matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' | '\u{200e}' | '\u{200f}');
    c.is_control() || hidden || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns as the screen fills them. The screen's library counts the sound marks of half-width katakana twice.
fn wide(text: &str) -> usize {
    columns(text) - text.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count()
}

libfuzzer_sys::fuzz_target!(|pair: (&str, &str, u8)| {
    let (one, other, room) = (pair.0, pair.1, usize::from(pair.2));
    for text in [one, other] {
        let shown = Shown::new(text);
        let all = [shown.text().into_owned(), shown.full().to_string(), shown.cut(room).into_owned(), shown.pad(room)];
        assert!(all.iter().all(|text| !text.contains(acts)), "{all:?}");
        assert!(wide(&shown.cut(room)) <= room);
        assert_eq!(wide(&shown.pad(room)), room);
        assert_eq!(wide(&shown.text()), shown.width(), "{text:?}");
        assert_eq!(wide(&shown.full().text()), shown.full().width(), "{text:?}");
        if let Some((_, domain)) = text.rsplit_once('@').filter(|(_, domain)| {
            domain.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') && domain.len() + 1 < room
        }) {
            let end = domain.rsplit('.').next().unwrap_or_default();
            assert!(shown.cut_address(room).ends_with(end), "{text:?} at {room}");
        }
    }
    let same = one.nfc().eq(other.nfc());
    assert!(same || Shown::new(one).full().text() != Shown::new(other).full().text(), "{one:?} {other:?}");
});
