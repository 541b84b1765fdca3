//! Texts that would act on a terminal or hide in it, through every screen, subcommand, message and export. Every fault
//! is told with the number of its text: `hostile(number)` makes it again.
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;

use rolodeck::command::{Found, InviteUsers, Invitee};
use rolodeck::domain::id::{InvitationId, UserId};
use rolodeck::domain::org::Org;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::row::Row;
use rolodeck::domain::sample;
use rolodeck::domain::text::Shown;
use rolodeck::domain::user::User;
use rolodeck::engine::Request;
use rolodeck::ledger::secrets::Secrets;
use rolodeck::ledger::signin;
use rolodeck::ledger::store::Store;
use unicode_normalization::UnicodeNormalization;

use crate::cli::shell::{Home, outside};
use crate::desk::{Desk, SMALL};
use crate::sizes::PLACES;

/// How many texts the ordinary run tries, and how many the long one.
const FEW: usize = 40;
const MANY: usize = 5_000;

/// Texts that one desk takes before there is a new one.
const AT_ONE_DESK: usize = 25;

/// What they are made of.
const PARTS: [&str; 56] = [
    "\x1b[31mred\x1b[6n",
    "\x1b]0;owned\x07",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1bP+q544e\x1b\\",
    "\x1b[?1049l\x1bc",
    "\u{9b}31m",
    "\u{9d}0;owned\u{9c}",
    "\u{90}q\u{9c}",
    "\u{85}",
    "\x08\x08\x7f",
    "\r\n",
    "\t",
    "\x0b\x0c",
    "\u{202e}cod.exe\u{202c}",
    "\u{202a}\u{202b}\u{202d}",
    "\u{2066}x\u{2069}",
    "\u{2067}\u{2068}",
    "\u{200e}\u{200f}\u{61c}",
    "zero\u{200b}wid\u{200c}th",
    "\u{2060}\u{feff}",
    "\u{180e}\u{ad}",
    "\u{34f}\u{115f}\u{1160}",
    "\u{3164}\u{ffa0}",
    "\u{2028}\u{2029}",
    "\u{2061}\u{2062}\u{2063}\u{2064}",
    "\u{206a}\u{206f}",
    "\u{fff9}a\u{fffa}b\u{fffb}",
    "\u{e0041}\u{e007f}",
    "\u{e000}\u{f8ff}",
    "\u{10ffff}\u{fffe}",
    "é",
    "e\u{301}",
    "\u{212b}Å A\u{30a}",
    "\u{fb01}",
    "a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}",
    "\u{301}",
    "раураl",
    "paypal",
    "ΡΑΥ",
    "ｆｕｌｌ",
    "日本語の名前",
    "شركة",
    "חברה",
    "ไทย",
    "हिन्दी",
    "한국\u{1112}\u{1161}\u{11AB}",
    "👍🏽",
    "👩\u{200d}💻",
    "🏴\u{e0067}\u{e0062}\u{e007f}",
    "1\u{fe0f}\u{20e3}",
    "<U+202E>",
    "=HYPERLINK(\"x\")",
    "'; DROP TABLE user; --",
    "../../etc/passwd",
    "%s%n{}{:?}",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

/// The n-th text: one to four parts.
fn hostile(n: usize) -> String {
    // Numbers that look drawn and are the same in every run.
    let mut drawn = (n as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D;
    let mut draw = |most: usize| {
        drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(drawn >> 33).unwrap() % most
    };
    let first = PARTS[n % PARTS.len()];
    let more = (0..draw(4)).map(|_| PARTS[draw(PARTS.len())]);
    [first].into_iter().chain(more).collect::<Vec<_>>().join(if n.is_multiple_of(3) { " " } else { "" })
}

/// Whether a terminal would act on this character, or show nothing for it.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}' | '\u{ffa0}'
        )
        || matches!(c, '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Fails when something in a text acts. A tag is only part of a flag, a joiner only of an emoji: both show.
#[track_caller]
fn is_harmless(text: &str, breaks: bool, why: impl Fn() -> String) {
    let mut before = ' ';
    for (at, c) in text.chars().enumerate() {
        let is_break = breaks && c == '\n';
        let alone = matches!(c, '\u{200d}' | '\u{e0020}'..='\u{e007f}') && before.is_alphanumeric();
        let near = || text.chars().skip(at.saturating_sub(60)).take(80).collect::<String>();
        assert!(is_break || !(acts(c) || alone), "{}: {c:?} in {:?}", why(), near());
        before = c;
    }
}

/// Pastes every text at a place, and looks at every cell that is drawn; the last at each desk is also sent off.
fn paste(place: &str, texts: &[usize]) {
    for some in texts.chunks(AT_ONE_DESK) {
        let mut desk = Desk::sample(SMALL);
        desk.keys(place);
        for n in some {
            desk.paste(&hostile(*n));
            look(&mut desk, place, *n);
            desk.keys("<ctrl-u>");
        }
        desk.paste(&hostile(some[0])).keys("<enter>");
        look(&mut desk, place, some[0]);
    }
}

#[track_caller]
fn look(desk: &mut Desk, place: &str, n: usize) {
    for cell in &desk.buffer().content {
        is_harmless(cell.symbol(), false, || format!("text {n} at {place}"));
    }
}

/// Ways to say something to a subcommand; `{}` is what is said.
const SAYINGS: [&str; 30] = [
    "{}",
    "--{}",
    "--db {}",
    "--org {}",
    "paths {}",
    "paths --org {}",
    "settings {}",
    "settings --db {}",
    "catalogue {}",
    "access --account {} --db DB",
    "access --permission {} --db DB",
    "access --person {} --db DB",
    "access --at {} --db DB",
    "log --db {}",
    "log --at {} --db DB",
    "export --format {} --db DB",
    "export --format csv --from {} --db DB",
    "export --format csv --to {} --db DB",
    "export --format csv --output /nowhere/{} --db DB",
    "import {}",
    "import places {} --db DB",
    "import invitations {} --db DB",
    "four-eyes {}",
    "four-eyes doctor --org {}",
    "audit verify --checkpoint {} --db DB",
    "audit verify --key {} --db DB",
    "audit checkpoint --folder {} --db DB",
    "backup /nowhere/{} --db DB",
    "restore {} --db DB",
    "recover --org {}",
];

/// Says a text to subcommands in these ways.
fn say(home: &Home, db: &str, n: usize, sayings: &[&str]) {
    // Nothing can be said to a program behind a zero.
    let text = hostile(n).replace('\0', "");
    for saying in sayings {
        let arguments =
            saying.split(' ').map(|word| if word == "DB" { db.to_owned() } else { word.replace("{}", &text) });
        let said = home.run(&arguments.collect::<Vec<_>>());
        // A table has its own line ends.
        is_harmless(&said.out.replace("\r\n", "\n"), true, || format!("text {n}, said as “{saying}”"));
        is_harmless(&said.err, true, || format!("text {n}, said as “{saying}”"));
    }
}

/// A table that has the texts in every column.
fn table(head: &str, texts: &[usize]) -> String {
    let columns = head.split(',').count();
    let quoted = |text: String| format!("\"{}\"", text.replace('"', "\"\""));
    let mut table = format!("{head}\n");
    for n in texts {
        let cells: Vec<String> = (0..columns).map(|column| quoted(hostile(n + column))).collect();
        writeln!(table, "{}", cells.join(",")).unwrap();
    }
    table
}

/// The texts through the settings file, and as tables to import.
fn files(home: &Home, db: &str, texts: &[usize]) {
    for n in texts {
        let text = hostile(*n);
        for theme in [format!("{text:?}"), format!("\"{}\"", text.replace(['"', '\\'], ""))] {
            home.settings(&format!("[screen]\ntheme = {theme}\n"));
            let said = home.run(&["settings"]);
            is_harmless(&said.out, true, || format!("text {n} in the settings"));
            is_harmless(&said.err, true, || format!("text {n} in the settings"));
        }
    }
    home.settings("");
    let tables = [("places", "entity,parent,account,currency,identifier"), ("invitations", "email,role,name")];
    for (what, head) in tables {
        let file = home.path().join("table.csv");
        std::fs::write(&file, table(head, texts)).unwrap();
        let said = home.run(&["import", what, file.to_str().unwrap(), "--dry-run", "--db", db]);
        assert!(said.out.lines().count() + said.err.lines().count() > texts.len() / 50, "{said:?}");
        is_harmless(&said.out, true, || format!("a table of {what}"));
        is_harmless(&said.err, true, || format!("a table of {what}"));
    }
}

/// The texts that may be names, as names of people.
fn crowd(texts: &[usize], outside: &rolodeck::outside::Outside) -> Org {
    let mut org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
    let like = org.users().values().next().unwrap().clone();
    for n in texts {
        let Ok(name) = hostile(*n).parse() else { continue };
        let id = UserId::new(outside.now(), &outside.seed());
        let address = format!("person{n}@lumbrevik.example.com").parse().unwrap();
        org.put(Row::User(User { id, name, address, ..like.as_ref().clone() }));
    }
    org
}

/// What is printed and exported of an organization in which everybody is called something like that.
fn told(texts: &[usize]) {
    let (home, outside) = (Home::new(), outside());
    let path = home.data().join("crowd.db");
    let org = crowd(texts, &outside);
    let named = org.users().len();
    assert!(named > 10 + texts.len() / 20, "{named} of {} texts are names", texts.len());
    let owner = *org.users().keys().next().unwrap();
    let mut store = Store::create(&path, Nature::Sample).unwrap();
    signin::found(&mut store, &outside, Found { org }, &Secrets::none(), owner).unwrap().unwrap();
    drop(store);
    let db = path.to_str().unwrap();
    let ways: [&[&str]; 6] = [
        &["access", "--db", db],
        &["log", "--db", db],
        &["four-eyes", "doctor", "--db", db],
        &["export", "--format", "csv", "--db", db],
        &["export", "--format", "html", "--db", db],
        &["audit", "verify", "--db", db],
    ];
    for way in ways {
        let said = home.run(way);
        assert!(said.out.len() > 100, "{way:?}: {said:?}");
        // A table has its own line ends.
        is_harmless(&said.out.replace("\r\n", "\n"), true, || format!("{way:?}"));
        is_harmless(&said.err, true, || format!("{way:?}"));
    }
}

/// Messages from somebody who is called that, in an organization that is called that.
fn mailed(texts: &[usize]) -> usize {
    let mut sent = 0;
    for n in texts {
        let text = hostile(*n);
        let Ok(name) = text.parse() else { continue };
        let mut desk = Desk::sample_with(SMALL, |org| {
            let user = org.users().values().find(|user| user.name.as_str() == "Ingrid Åsgård").unwrap().clone();
            org.put(Row::User(User { name, ..user.as_ref().clone() }));
            let whole = org.organization().unwrap().clone();
            if let Ok(name) = text.parse() {
                org.put(Row::Organization(rolodeck::domain::organization::Organization { name, ..whole }));
            }
        });
        let outside = desk.weather.outside();
        let session = desk.app.scene().session.clone().unwrap();
        let role = desk.app.scene().org.active_roles().find(|role| !role.is_owner()).unwrap().id;
        let person = Invitee {
            id: InvitationId::new(outside.now(), &outside.seed()),
            address: "new.hire@lumbrevik.example.com".parse().unwrap(),
            name: text.parse().ok(),
        };
        let roles = [role].into_iter().collect();
        let command = InviteUsers { by: session.person().user, at: outside.now(), roles, people: vec![person] };
        let request = Request::Run { session, command: command.into() };
        let before = desk.letters().len();
        desk.worker.serve(request).unwrap();
        desk.settle();
        assert_eq!(desk.letters().len(), before + 1, "text {n}");
        let files: Vec<_> = std::fs::read_dir(desk.folder().join("outbox")).unwrap().collect();
        let raw =
            files.into_iter().map(|file| String::from_utf8(std::fs::read(file.unwrap().path()).unwrap()).unwrap());
        let decoded = desk.letters().into_iter().map(|(_, letter)| letter);
        for letter in raw.chain(decoded) {
            is_harmless(&letter.replace("\r\n", "\n"), true, || format!("text {n} in a message"));
        }
        sent += 1;
    }
    sent
}

/// Two texts that differ after NFC are told apart where they are read in full.
fn told_apart(count: usize) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for n in 0..count {
        let composed: String = hostile(n).nfc().collect();
        let full = Shown::new(&composed).full().to_string();
        is_harmless(&full, false, || format!("text {n} in full"));
        let other = seen.entry(full).or_insert_with(|| composed.clone());
        assert_eq!(*other, composed, "text {n}");
    }
    assert!(seen.len() > count / 2);
}

#[test]
fn some_hostile_texts_do_no_harm_anywhere() {
    let texts: Vec<usize> = (0..FEW).collect();
    let few: Vec<usize> = (0..AT_ONE_DESK).collect();
    PLACES.iter().for_each(|place| paste(place, &few));
    let home = Home::new();
    let db = home.sample("look");
    let db = db.to_str().unwrap();
    texts.iter().for_each(|n| say(&home, db, *n, &SAYINGS[n % SAYINGS.len()..][..1]));
    files(&home, db, &texts);
    told(&(0..4 * PARTS.len()).collect::<Vec<_>>());
    assert!(mailed(&(0..PARTS.len()).collect::<Vec<_>>()) > 5);
    told_apart(MANY);
}

/// Found by the long run.
#[test]
fn what_the_long_run_found_stays_mended() {
    let mut desk = Desk::sample(SMALL);
    // A lone accent leaves an empty word behind, which was looked for without an end.
    desk.keys("1/").paste("\u{301}").see("Chiara Bianchi").paste(" chiara").see("Chiara Bianchi").see_not("Anouk");
    // The path of a file that is not there was repeated as it was typed.
    desk.keys("<esc><esc>1b").paste("\u{202e}x.csv").keys("<enter>").see("<U+202E>x.csv cannot be read");
    look(&mut desk, "the import", 0);
}

#[test]
fn the_environment_does_no_harm() {
    let home = Home::new();
    for n in 0..PARTS.len() {
        let text = hostile(n).replace('\0', "");
        for variable in ["ROLODECK_DB", "LANG", "TERM"] {
            let said = home.run_with(&["log"], &[(variable, OsStr::new(&text))]);
            is_harmless(&said.err, true, || format!("text {n} in {variable}"));
        }
    }
}

/// Does something with half of all the texts on each of two threads.
fn in_halves(work: impl Fn(&[usize]) + Sync) {
    std::thread::scope(|scope| {
        for half in 0..2 {
            let work = &work;
            scope.spawn(move || work(&(0..MANY).filter(|n| n % 2 == half).collect::<Vec<_>>()));
        }
    });
}

#[test]
#[ignore = "takes minutes: 5,000 hostile texts on every screen and box"]
fn five_thousand_hostile_texts_do_no_harm_on_any_screen() {
    in_halves(|texts| PLACES.iter().for_each(|place| paste(place, texts)));
}

#[test]
#[ignore = "takes minutes: 5,000 hostile texts through every subcommand, file, message and export"]
fn five_thousand_hostile_texts_do_no_harm_elsewhere() {
    in_halves(|texts| {
        let home = Home::new();
        let db = home.sample("look");
        let db = db.to_str().unwrap();
        texts.iter().for_each(|n| say(&home, db, *n, &SAYINGS));
        files(&home, db, texts);
        println!("{} messages were sent.", mailed(texts));
    });
    told(&(0..MANY).collect::<Vec<_>>());
    told_apart(MANY);
}
