//! The built program as a guest in a terminal: nothing hostile reaches it, and it is given back as it was.
use std::path::Path;

use crate::tty::Tty;

const SIZE: (u16, u16) = (120, 40);

/// Clears a text field.
const CLEAR: &str = "\x15";

/// Names that nobody may have.
const HOSTILE: [&str; 12] = [
    "\x1b[31mred\x1b[6n",
    "\x1b]0;owned\x07",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1bP+q544e\x1b\\",
    "\x1b[?1049l\x1bc",
    "csi\u{9b}31mred",
    "osc\u{9d}0;owned\u{9c}",
    "evil\u{202e}cod.exe\u{202c}",
    "isolated\u{2066}x\u{2069}",
    "zero\u{200b}wid\u{200c}th\u{2060}\u{feff}",
    "tag\u{e0041}\u{e007f}",
    "\0\x08\x7f",
];

/// Names that are unusual, and no harm.
const UNUSUAL: [&str; 2] = ["日本語の名前", "👍🏽 emoji 🎉"];

/// Whether a terminal would act on this character, or not show it.
fn hidden(c: char) -> bool {
    let invisible = matches!(c, '\u{200b}' | '\u{200c}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    let turning = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && !matches!(c, '\r' | '\n')) || invisible || turning
}

/// Takes the control sequence at the beginning of this text away, if it is one that a screen is made of.
fn after_sequence(text: &str) -> Option<&str> {
    if let Some(title) = text.strip_prefix("\x1b]0;") {
        let (title, rest) = title.split_once('\x07')?;
        return (!title.starts_with("owned") && !title.contains(hidden)).then_some(rest);
    }
    if let Some(rest) = text.strip_prefix("\x1b]11;?\x07") {
        // The question for the background, which nothing in it comes from anybody.
        return Some(rest);
    }
    let parameters = text.strip_prefix("\x1b[")?;
    let end = parameters.find(|c: char| !matches!(c, '0'..='9' | ';' | '?'))?;
    let (sequence, rest) = parameters.split_at_checked(end + 1)?;
    let known = sequence.ends_with(['m', 'H', 'J', 'K', 't']) || sequence.starts_with('?');
    (known && !rest.starts_with("red")).then_some(rest)
}

/// Fails if anything but text and the control sequences of a screen was written.
#[track_caller]
fn nothing_acts(tty: &Tty) {
    let raw = String::from_utf8(tty.raw().to_vec()).unwrap();
    let mut rest = raw.as_str();
    while let Some(at) = rest.find(hidden) {
        let found = &rest[at..];
        let Some(after) = after_sequence(found) else { panic!("{:?}", found.chars().take(40).collect::<String>()) };
        rest = after;
    }
    assert_eq!(raw.matches("\x1b[?1049l").count(), 0, "the screen was left");
}

/// Gives a field, which must have the keyboard, everything that it may not take, and tries to go on with it. `submit`
/// does that and comes back to the field.
fn torment(tty: &mut Tty, submit: &str) {
    for (n, text) in HOSTILE.into_iter().enumerate() {
        tty.paste(&format!("{text}end{n}")).see(&format!("end{n}")).send(submit).send(CLEAR);
    }
    for (n, text) in UNUSUAL.into_iter().enumerate() {
        tty.paste(&format!("{text}odd{n}")).see(&format!("odd{n}")).send(CLEAR);
    }
    tty.send("typed\u{202e}\u{200b}\u{e0041}\u{9b}31m away").see("31m away").send(submit).send(CLEAR);
    tty.paste(&format!("{}long", "x".repeat(10_000)))
        .until("a length to be refused", |screen| {
            screen.contains("characters fit here") || screen.contains("characters long")
        })
        .send(submit)
        .send(CLEAR);
    tty.send("clean").see("clean").send(CLEAR);
}

#[test]
fn hostile_text_reaches_no_terminal_from_the_set_up() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(home.path(), &[], SIZE);
    tty.see("Create New Account");
    torment(&mut tty, "\r\x1b[Z");
    tty.send("\t");
    torment(&mut tty, "\r\x1b[Z");
    nothing_acts(&tty);
    assert!(!home.path().join(".local/share/rolodeck/outbox").exists(), "a name was taken");
}

#[test]
fn hostile_text_reaches_no_terminal_from_names() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(home.path(), &["--sample"], SIZE);
    tty.see("Ingrid Åsgård · Owner").send("5").see("Create entity").send("n").see("Name");
    torment(&mut tty, "\r\r");
    tty.see("Create entity")
        .send("\x1b")
        .see_not("╭ Create entity")
        .send("2")
        .see("Create new")
        .send("n")
        .see("Least privilege")
        .send("\r")
        .see("Complete the Role Setup");
    torment(&mut tty, "\r");
    tty.see("Complete the Role Setup");
    nothing_acts(&tty);
}

#[test]
fn hostile_text_reaches_no_terminal_from_filters_and_addresses() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = Tty::start(home.path(), &["--sample"], SIZE);
    tty.see("Ready for real money?").send("1").see("All users");
    for (n, text) in HOSTILE.into_iter().enumerate() {
        tty.send("/").paste(&format!("{text}end{n}")).see(&format!("end{n}")).send(CLEAR).send("\r").see("All users");
    }
    tty.send("i").see("╭ Addresses");
    for (n, text) in HOSTILE.into_iter().enumerate() {
        tty.paste(&format!("{text}end{n}@example.com\n")).see(&format!("end{n}@example.com"));
    }
    tty.paste(&format!("{}@long.example.com", "x".repeat(10_000)))
        .see("@long.example.com")
        .see("invalid")
        .see_not(" ok");
    tty.send("\t\t").send(&"\x1b[B".repeat(2 * HOSTILE.len())).see("254 are allowed");
    nothing_acts(&tty);
}

/// Fails unless the terminal is as it was before the program.
#[track_caller]
pub fn given_back(tty: &Tty) {
    let screen = tty.cells();
    assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
    assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    assert!(tty.echoes(), "what is typed is not shown");
    let raw = String::from_utf8(tty.raw().to_vec()).unwrap();
    let (_, left) = raw.rsplit_once("\x1b[?1006l\x1b[?1000l").unwrap();
    assert_eq!(left, "\x1b[?1004l\x1b[?2004l\x1b[0m\x1b[?1049l\x1b[?25h\x1b[23;0t");
}

fn opened(home: &Path) -> Tty {
    let mut tty = Tty::start(home, &["--sample"], SIZE);
    tty.see("Ingrid Åsgård · Owner");
    tty
}

#[test]
fn every_end_gives_the_terminal_back() {
    let home = tempfile::tempdir().unwrap();
    for (name, number) in [("HUP", 1), ("INT", 2), ("QUIT", 3), ("TERM", 15)] {
        let mut tty = opened(home.path());
        tty.signal(name);
        assert_eq!(tty.end(), 128 + number, "SIG{name}");
        given_back(&tty);
    }
    for key in ["q", "\x03"] {
        let mut tty = opened(home.path());
        tty.send(key);
        assert_eq!(tty.end(), 0);
        given_back(&tty);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn it_stops_and_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = opened(home.path());
    for from_outside in [false, true] {
        if from_outside {
            tty.signal("TSTP");
        } else {
            tty.send("\x1a");
        }
        tty.until_process_is('T').until_so("the screen to be left", |tty| tty.raw().ends_with(b"\x1b[23;0t"));
        given_back(&tty);
        tty.signal("CONT");
        tty.see("Ingrid Åsgård · Owner").send("2").see("Create new").send("1").see("All users");
        assert!(tty.cells().alternate_screen() && !tty.echoes());
    }
}

#[test]
fn without_colours_the_selected_row_is_still_to_be_seen() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = Tty::start_with(home.path(), &["--sample"], SIZE, &[("NO_COLOR", "1")]);
    tty.see("Ready for real money?").send("1").see("Zoë Núñez");
    let screen = tty.cells();
    let cell = |row, column| screen.cell(row, column).unwrap();
    let all = || (0..SIZE.1).flat_map(|row| (0..SIZE.0).map(move |column| cell(row, column)));
    assert!(all().all(|cell| cell.fgcolor() == vt100::Color::Default && cell.bgcolor() == vt100::Color::Default));
    let inverse = |row| cell(row, 30).inverse();
    let lines = screen.contents();
    let row = |text: &str| lines.lines().position(|line| line.contains(text)).unwrap().try_into().unwrap();
    assert!(inverse(row("▌ Anouk")) && !inverse(row("Chiara Bianchi")) && !inverse(row("Zoë")), "{lines}");
}

#[test]
fn a_window_that_is_too_small_says_so_and_grows_again() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = opened(home.path());
    tty.resize((40, 10)).see("rolodeck needs 80x24; this is 40x10.");
    tty.resize((80, 24)).see_not("rolodeck needs").see("Ingrid Åsgård · Owner").see("Ready for real money?");
    tty.resize(SIZE).until("a wide screen", |screen| screen.lines().any(|line| line.chars().count() > 100));
    tty.resize((40, 10)).see("rolodeck needs").send("q");
    assert_eq!(tty.end(), 0);
}
