//! Somebody who types anything: bytes become keys, pastes, clicks, sizes and time.
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::row::Difference;
use rolodeck::domain::sample;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use rolodeck::tui::event::{Attention, Event, Mouse, MouseKind};
use rolodeck::tui::key::Key;
use rolodeck::tui::theme::Ground;

use crate::desk::{Desk, SMALL, Weather};

/// Keys, the more often the more they lead to.
static KEYS: LazyLock<Vec<Key>> = LazyLock::new(|| {
    let keys = "<enter><enter><enter><enter><tab><tab><tab><space><space><space><esc><esc><up><down><down><down><left>\
                <right><pgdn><pgup><home><end><backspace><delete><shift-tab><f1><f2><f3><f4><ctrl-u><ctrl-r><ctrl-a>\
                <alt-x><f12>0123456789abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ/:?@+-=.,*#!€ñ漢\u{301}\u{200b}\u{202e}";
    Key::sequence(keys)
});

/// The longest that one thing may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who sits there: people of the sample by name and role.
const PEOPLE: [(&str, &str); 4] = [
    ("Ingrid Åsgård", "Owner"),
    ("Chiara Bianchi", "Treasury administrator"),
    ("佐藤 美咲", "Japan office, all in one"),
    ("Anouk Lefèvre", "External auditor"),
];

/// The sample, before somebody of it.
fn seat(n: u8) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let weather = Weather::new();
    let outside = weather.outside();
    let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let (name, role) = PEOPLE[usize::from(n) % PEOPLE.len()];
    let person = crate::desk::person(&org, name, role);
    let mut store = Store::create(&folder.path().join("sample.db"), Nature::Sample).unwrap();
    let owner = crate::desk::person(&org, PEOPLE[0].0, PEOPLE[0].1).user;
    let found = rolodeck::command::Found { org };
    signin::found(&mut store, &outside, found, &Secrets::none(), owner).unwrap().unwrap();
    let proof = signin::look_through(&mut store, &outside, person.user).unwrap().unwrap();
    Desk::before(store, folder, weather, (&proof, person.role), SMALL)
}

/// Does what the bytes say, and fails when the program panics, takes longer than a second for one thing, draws what a
/// terminal would obey, or shows
/// another organization than the stored one.
pub fn type_anything(bytes: &[u8]) {
    let mut bytes = bytes.iter().copied();
    let mut desk = seat(bytes.next().unwrap_or_default());
    if bytes.next().is_some_and(|n| n % 4 == 0) {
        // Four-eyes with requests of others, as the sample practises it.
        desk.keys("6p1");
    }
    while let Some(op) = bytes.next() {
        let mut next = || bytes.next().unwrap_or_default();
        let event = match op {
            0..=199 => Event::Key(KEYS[usize::from(op) % KEYS.len()]),
            200..=217 => {
                let length = next() % 48;
                let text: Vec<u8> = (0..length).map(|_| next()).collect();
                Event::Paste(String::from_utf8_lossy(&text).into_owned())
            }
            218..=231 => {
                let kind = [MouseKind::Down, MouseKind::Down, MouseKind::ScrollUp, MouseKind::ScrollDown];
                let kind = kind[usize::from(op) % kind.len()];
                Event::Mouse(Mouse { kind, column: next().into(), row: u16::from(next() % 100) })
            }
            232..=239 => {
                let size = (u16::from(next()).max(1), u16::from(next() % 100).max(1));
                desk.resize(size);
                Event::Resize(size.0, size.1)
            }
            240..=247 => {
                desk.wait(SignedDuration::from_mins(i64::from(next()) * 7));
                continue;
            }
            248 => Event::Focus(if next() % 2 == 0 { Attention::Gained } else { Attention::Lost }),
            249 => Event::Haste,
            250 => Event::Rest,
            251 => Event::Ground(if next() % 2 == 0 { Ground::Light } else { Ground::Dark }),
            252..=255 => {
                desk.resize([(80, 24), (120, 40), (200, 60), (81, 25)][usize::from(op) % 4]);
                continue;
            }
        };
        let began = Instant::now();
        desk.app.handle(event.clone());
        desk.settle();
        let buffer = desk.buffer();
        assert!(began.elapsed() < PATIENCE, "{event:?} took {:?}", began.elapsed());
        for cell in &buffer.content {
            let acts = |c: char| {
                c.is_control()
                    || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            };
            assert!(!cell.symbol().contains(acts), "{event:?} drew {:?}", cell.symbol());
        }
        if desk.ended {
            break;
        }
    }
    // What is shown is what is stored.
    if let Some(view) = desk.worker.view().unwrap() {
        assert!(Difference::between(&view.org, desk.app.scene().present()).is_empty());
    }
}
