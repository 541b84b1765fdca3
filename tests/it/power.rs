//! The program is killed while it invites a thousand people. What it said is true, and nothing is half there.
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use rolodeck::command::Found;
use rolodeck::domain::id::InvitationId;
use rolodeck::domain::organization::Nature;
use rolodeck::domain::sample;
use rolodeck::engine::{Change, Library, Post, Reply, Request, Worker};
use rolodeck::ledger::passphrase::Cost;
use rolodeck::ledger::secrets::{Secrets, sha256};
use rolodeck::ledger::signin;
use rolodeck::ledger::store::{DeliveryState, Store};
use rolodeck::mail::DropFolder;
use rolodeck::outside::Outside;

use crate::cli::shell::outside;
use crate::tty::Tty;

const SIZE: (u16, u16) = (120, 40);
const PEOPLE: usize = 1_000;

/// Invitations that the sample begins with; one of them is expired, and no message goes out.
const SAMPLE_INVITATIONS: usize = 5;
const SAMPLE_LETTERS: usize = 4;

/// A sample organization in a file of its own.
struct Office {
    folder: tempfile::TempDir,
    outside: Outside,
}

impl Office {
    fn open() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap(), outside: outside() };
        let outside = &office.outside;
        let org = sample::organization(outside.now(), &mut || outside.seed()).unwrap();
        let role = org.owner_role().unwrap().id;
        let user = org.holders(role).next().unwrap().id;
        let mut store = Store::create(&office.file(), Nature::Sample).unwrap();
        signin::found(&mut store, outside, Found { org }, &Secrets::none(), user).unwrap().unwrap();
        office
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("sample.db")
    }

    fn outbox(&self) -> PathBuf {
        self.folder.path().join("outbox")
    }

    /// The program, with an Owner signed in.
    fn dashboard(&self) -> Tty {
        let file = self.file();
        let mut tty = Tty::start(self.folder.path(), &["--db", file.to_str().unwrap()], SIZE);
        tty.see("Look around in").see("Ingrid Åsgård");
        choose(&mut tty, "Ingrid Åsgård");
        tty.see("Choose a role");
        choose(&mut tty, "Owner");
        tty.see("Ready for real money?").send("1").see("All users");
        tty
    }

    /// The messages in the folder, by invitation and number.
    fn letters(&self) -> Vec<(InvitationId, u32)> {
        let Ok(entries) = std::fs::read_dir(self.outbox()) else { return Vec::new() };
        let letter = |path: PathBuf| {
            let name = path.file_name()?.to_str()?.strip_suffix(".eml")?.to_owned();
            let (id, number) = name.rsplit_once('-')?;
            Some((InvitationId::from_uuid(id.parse().ok()?), number.parse().ok()?))
        };
        entries.filter_map(|entry| letter(entry.unwrap().path())).collect()
    }

    fn worker(&self) -> Worker {
        let folder = DropFolder::new(self.outbox());
        let post = Post { mailer: Box::new(folder.clone()), folder: Some(folder) };
        let library = Library::new(self.folder.path().to_path_buf());
        let cost = Cost::least().unwrap();
        let mut worker = Worker::new(self.outside.clone(), cost, library, post, Change::Allowed, None);
        worker.open(&self.file()).unwrap();
        worker
    }
}

/// Moves the selection to the row with this text, and takes it.
fn choose(tty: &mut Tty, text: &str) {
    let row = |screen: &str, wanted: &dyn Fn(&str) -> bool| screen.lines().position(wanted);
    let screen = tty.screen();
    let from = row(&screen, &|line| line.contains('▌')).unwrap();
    let to = row(&screen, &|line| line.contains(text)).unwrap();
    let key = if to < from { "\x1b[A" } else { "\x1b[B" };
    tty.send(&key.repeat(from.abs_diff(to)));
    let selected = |screen: &str| screen.lines().any(|line| line.contains('▌') && line.contains(text));
    tty.until("the row to be selected", selected).send("\r");
}

/// Where the program is cut off.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// When it has written so much to the terminal after Create was pressed.
    Bytes(usize),
    /// When so many messages lie in the folder.
    Letters(usize),
}

impl Cut {
    /// One for each seed: at once, while the command runs and its answer is drawn, and between the messages.
    fn random(seed: u64) -> Self {
        let digest = sha256(&seed.to_le_bytes()).0;
        let drawn = usize::from(u16::from_le_bytes([digest[0], digest[1]]));
        if seed.is_multiple_of(2) { Self::Letters(1 + drawn % PEOPLE) } else { Self::Bytes(drawn % 3_000) }
    }
}

/// What the organization's file held after the cut.
#[derive(Debug)]
struct Remains {
    confirmed: bool,
    invited: usize,
    letters: usize,
}

/// Invites a thousand people and cuts the program off on the way. Says whether the screen had confirmed it.
fn invite_and_cut(office: &Office, cut: Cut) -> bool {
    let mut tty = office.dashboard();
    let mut addresses = String::new();
    for n in 0..PEOPLE {
        writeln!(addresses, "guest{n}@lumbrevik.example.com").unwrap();
    }
    tty.until_so("the messages of the sample", |_| office.letters().len() == SAMPLE_LETTERS);
    tty.send("i").see("╭ Addresses").paste(&addresses).see("1,000 ok").send("\t ").see("1 ticked");
    let before = tty.raw().len();
    tty.send("c");
    tty.until_so("the moment to cut it off", |tty| {
        let letters = office.letters().len() - SAMPLE_LETTERS;
        let written = tty.raw().len() - before;
        letters == PEOPLE
            || matches!(cut, Cut::Bytes(n) if written >= n)
            || matches!(cut, Cut::Letters(n) if letters >= n)
    });
    tty.kill();
    tty.screen().contains("1,000 people were invited")
}

/// Fails unless the file and the folder say the same, and nothing is there by half.
fn whole(office: &Office, confirmed: bool) -> Remains {
    let store = Store::open(&office.file()).unwrap();
    store.verify().unwrap();
    let (org, deliveries) = (store.org(), store.deliveries().unwrap());
    drop(store);
    let guests: Vec<_> = org.invitations().values().filter(|open| open.address.as_str().starts_with("guest")).collect();
    assert!(guests.is_empty() || guests.len() == PEOPLE, "{} of {PEOPLE} are invited", guests.len());
    assert!(!confirmed || guests.len() == PEOPLE, "the screen said that they were invited");
    let addresses: BTreeSet<_> = guests.iter().map(|open| open.address.as_str()).collect();
    assert_eq!(addresses.len(), guests.len(), "somebody is invited twice");
    for open in &guests {
        let state = deliveries.get(&open.id).unwrap().state;
        assert!(matches!(state, DeliveryState::Waiting | DeliveryState::Sent), "{state:?}");
    }
    let letters = office.letters();
    let mut worker = office.worker();
    let mut newest = BTreeSet::new();
    for (id, number) in &letters {
        let open = org.invitation(*id).unwrap();
        assert_eq!(open.attempt, *number, "an older message of {} lies in the folder, too", open.address);
        assert!(newest.insert(*id), "two messages for {}", open.address);
        assert_eq!(opened(&mut worker, &code(office, *id, *number)).as_deref(), Some(open.address.as_str()));
    }
    for open in guests.iter().filter(|open| deliveries.get(&open.id).unwrap().state == DeliveryState::Sent) {
        assert!(newest.contains(&open.id), "the message of {} was noted as sent and is not there", open.address);
    }
    Remains { confirmed, invited: guests.len(), letters: letters.len() - SAMPLE_LETTERS }
}

/// The code in a message.
fn code(office: &Office, id: InvitationId, number: u32) -> String {
    let path = office.outbox().join(format!("{id}-{number}.eml"));
    let text = rolodeck::mail::text_of(&std::fs::read(path).unwrap()).unwrap();
    let is_code = |line: &&str| line.len() == 64 && line.chars().all(|c| c.is_ascii_hexdigit());
    text.lines().map(str::trim).find(is_code).unwrap().to_owned()
}

/// Whose invitation a code opens.
fn opened(worker: &mut Worker, code: &str) -> Option<String> {
    match worker.serve(Request::CheckCode { code: code.into() }) {
        Ok(Reply::Invitation { address, .. }) => Some(address.as_str().to_owned()),
        _ => None,
    }
}

/// Starts the program again and lets it send what is left.
fn finish(office: &Office, found: &Remains) {
    let mut tty = office.dashboard();
    tty.see(&format!("Invited {}", SAMPLE_INVITATIONS + found.invited));
    tty.until_so("every message", |_| office.letters().len() == SAMPLE_LETTERS + found.invited);
    tty.send("q");
    assert_eq!(tty.end(), 0);
    let after = whole(office, found.confirmed);
    assert_eq!((after.invited, after.letters), (found.invited, found.invited));
}

#[test]
fn a_program_that_is_killed_while_it_invites_leaves_nothing_by_half() {
    for seed in [6, 7, 15] {
        let office = Office::open();
        let confirmed = invite_and_cut(&office, Cut::random(seed));
        let found = whole(&office, confirmed);
        if seed == 6 {
            finish(&office, &found);
        }
    }
}

#[test]
#[ignore = "takes minutes: fifty thousand invitations"]
fn a_program_that_is_killed_fifty_times_leaves_nothing_by_half() {
    for seed in 100..150 {
        let (office, cut) = (Office::open(), Cut::random(seed));
        let confirmed = invite_and_cut(&office, cut);
        let found = whole(&office, confirmed);
        eprintln!("{seed}: {cut:?}, {found:?}");
        if seed % 10 == 0 {
            finish(&office, &found);
        }
    }
}
