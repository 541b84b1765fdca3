//! Signals and closed terminals, wherever one is: the terminal is left as it was found, and what was being made is
//! offered again.
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use rolodeck::tui::event::Event;
use rolodeck::tui::key::Key;

use crate::desk::{Desk, LARGE, SMALL};
use crate::sizes::PLACES;
use crate::story::{PASSPHRASE, set_up};
use crate::terminal::given_back;
use crate::tty::Tty;

/// How long a process may take to end.
const SECOND: Duration = Duration::from_secs(1);

/// What ends the program, with its number.
const ENDS: [(&str, u32); 4] = [("TERM", 15), ("INT", 2), ("QUIT", 3), ("HUP", 1)];

/// Keys of [`PLACES`] as a terminal sends them.
fn bytes(keys: &str) -> String {
    keys.replace("<tab>", "\t").replace("<enter>", "\r").replace("<space>", " ")
}

/// The path at the top of the large screen that these keys lead to, and of the small one that is made of that.
fn headers(keys: &str) -> [String; 2] {
    let mut desk = Desk::sample(LARGE);
    desk.keys("0").screen();
    for key in Key::sequence(keys) {
        // Some screens go by what had room.
        desk.app.handle(Event::Key(key));
        desk.settle();
        desk.screen();
    }
    let top = |desk: &mut Desk| desk.screen().lines().next().unwrap().trim().to_owned();
    let large = top(&mut desk);
    desk.resize(SMALL);
    [large, top(&mut desk)]
}

/// The program at a place.
fn at(home: &Path, place: &str) -> Tty {
    let mut tty = Tty::start(home, &["--sample"], LARGE);
    tty.see("Ready for real money?").send(&bytes(place));
    let [header, _] = headers(place);
    tty.until(&format!("{place} to be shown below “{header}”"), |screen| {
        screen.lines().next().is_some_and(|top| top.trim() == header)
    });
    tty
}

/// Stops, goes on, gets another size and ends at a place, by every signal.
fn signalled(place: &str, ends: &[(&str, u32)]) -> Duration {
    let home = tempfile::tempdir().unwrap();
    let mut longest = Duration::ZERO;
    for (n, (name, number)) in ends.iter().enumerate() {
        let mut tty = at(home.path(), place);
        if n == 0 {
            tty.signal("TSTP");
            tty.until_process_is('T').until("the screen to be left", |screen| !screen.contains("Ingrid"));
            given_back(&tty);
            tty.signal("CONT");
            let [large, small] = headers(place);
            tty.see(&large).resize(SMALL).see(&small);
            assert!(tty.cells().alternate_screen() && !tty.echoes(), "{place}");
        }
        let began = Instant::now();
        tty.signal(name);
        assert_eq!(tty.end(), 128 + number, "SIG{name} at {place}");
        longest = longest.max(began.elapsed());
        given_back(&tty);
    }
    longest
}

#[test]
fn a_signal_ends_a_screen_a_box_and_a_field() {
    signalled("2", &ENDS[..1]);
    signalled("5n", &ENDS[1..2]);
    signalled("1/ann", &ENDS[2..3]);
}

#[test]
#[ignore = "takes minutes: every signal at every place, and it measures how long the end takes"]
fn every_signal_ends_every_screen_and_box_within_a_second() {
    let longest = PLACES.iter().map(|place| signalled(place, &ENDS)).max().unwrap();
    for (name, number) in ENDS {
        let home = tempfile::tempdir().unwrap();
        let mut tty = Tty::start(home.path(), &[], LARGE);
        tty.see("Create New Account").send("Ada").see("Ada").signal(name);
        assert_eq!(tty.end(), 128 + number, "SIG{name} at the entrance");
        given_back(&tty);
    }
    println!("{} places: the longest end took {longest:?}", PLACES.len());
    assert!(longest < SECOND);
}

/// An organization in this home, and its Owner in the middle of making a role.
fn with_a_role_in_hand(home: &Path) -> Tty {
    let mut tty = set_up(home);
    tty.send("2").see("Create new").send("n").see("Least privilege").send("jjj ").see("☑ Approve and reject payments");
    tty
}

/// The next start, with the Owner signed in.
fn again(home: &Path) -> Tty {
    let mut tty = Tty::start(home, &[], LARGE);
    tty.see("Passphrase").send("ada@nordwind.example.com\t").send(PASSPHRASE).send("\r");
    tty
}

#[test]
fn a_role_that_a_signal_cut_short_is_offered_again() {
    let home = tempfile::tempdir().unwrap();
    let mut tty = with_a_role_in_hand(home.path());
    tty.signal("TERM");
    assert_eq!(tty.end(), 143);
    let mut tty = again(home.path());
    tty.see("Go on where you were?").see("A new role without a name yet stayed unfinished").send("\r");
    tty.see("☑ Approve and reject payments").see("New role");
    // Ended once more, it is kept once more; not now keeps it, too.
    tty.signal("HUP");
    assert_eq!(tty.end(), 129);
    let mut tty = again(home.path());
    tty.see("Go on where you were?").send("n").see_not("Go on where you were?").send("q");
    assert_eq!(tty.end(), 0);
    let mut tty = again(home.path());
    tty.see("Go on where you were?").send("\r").see("☑ Approve and reject payments");
    // Thrown away, it is gone.
    tty.send("\x1b").see("Throw away").send("y").see_not("Throw away").send("q");
    assert_eq!(tty.end(), 0);
    assert!(!home.path().join(".local/state/rolodeck/drafts.json").exists());
}

/// Where a process of this program opens a terminal, and which place in it, before it vanishes with the terminal.
const VANISHING: &str = "ROLODECK_VANISHING";

/// Stands for the middle of making a role in place of keys.
const IN_HAND: &str = "a-role-in-hand";

/// A window that closes; a test only so that this program can start itself as one.
#[test]
fn a_window_that_closes() {
    let Ok(task) = std::env::var(VANISHING) else { return };
    let (place, home) = task.split_once(' ').unwrap();
    let home = Path::new(home);
    let tty = if place == IN_HAND { with_a_role_in_hand(home) } else { at(home, place) };
    println!("process {}", tty.process());
    // Nothing is tidied up: the terminal is gone with this process.
    std::process::abort();
}

/// Closes the terminal at a place; how long the program lived on.
fn closed(place: &str) -> Duration {
    closed_in(tempfile::tempdir().unwrap().path(), place)
}

fn closed_in(home: &Path, place: &str) -> Duration {
    let mut window = Process::new(std::env::current_exe().unwrap());
    window.args(["signals::a_window_that_closes", "--exact", "--nocapture"]);
    window.env(VANISHING, format!("{place} {}", home.display())).stderr(Stdio::null());
    let said = String::from_utf8(window.output().unwrap().stdout).unwrap();
    let process = said.split_once("process ").and_then(|(_, rest)| rest.lines().next());
    let process = process.unwrap_or_else(|| panic!("{said}")).to_owned();
    let began = Instant::now();
    let alive = || {
        let status = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        status.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim().starts_with('Z'))
    };
    while alive() {
        assert!(began.elapsed() < Duration::from_secs(60), "the program at {place} lives on without a terminal");
        std::thread::yield_now();
    }
    began.elapsed()
}

#[test]
#[cfg(target_os = "linux")]
fn a_closed_terminal_ends_the_program() {
    closed("2n");
    let home = tempfile::tempdir().unwrap();
    closed_in(home.path(), IN_HAND);
    again(home.path()).see("Go on where you were?").send("\r").see("☑ Approve and reject payments");
}

#[test]
#[cfg(target_os = "linux")]
#[ignore = "takes minutes: a closed terminal at every place, and it measures how long the end takes"]
fn a_closed_terminal_ends_every_screen_and_box_within_a_second() {
    let longest = PLACES.iter().map(|place| closed(place)).max().unwrap();
    println!("{} places: the longest end took {longest:?}", PLACES.len());
    assert!(longest < SECOND);
}
