//! One wrong byte anywhere in the file: either it changes no answer, or it is found.
mod answers;
mod storied;

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rolodeck::domain::user::Digest;
use rolodeck::ledger::store::{Proof, examine};

use answers::answers;
pub use storied::Storied;

/// Whatever takes longer counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// Four hundred bytes of an organization with fifty entries. The two tests below take all of them, and twenty thousand
/// of a thousand entries, for which the program should be optimized:
/// `CARGO_PROFILE_DEV_OPT_LEVEL=2 cargo test --test it flips -- --ignored --nocapture`
/// With `ROLODECK_FLIPS=3/10` they take every tenth place, beginning with the third; with `used` those in which anything
/// stands, and with `free` the others.
#[test]
fn a_wrong_byte_is_found_or_changes_nothing() {
    let storied = Storied::with(50);
    let whole = fs::read(storied.path()).unwrap();
    let mut random = Random(1);
    // Most of a file is empty; half of the bytes are taken from what is not.
    let full: Vec<_> = (0..whole.len()).filter(|place| whole[*place] != 0).collect();
    let mut places: Vec<_> = (0..200).map(|_| random.below(whole.len())).collect();
    places.extend((0..200).map(|_| full[random.below(full.len())]));
    check("400 of 50 entries", &whole, &places);
}

#[test]
#[ignore = "takes minutes; see above"]
fn every_wrong_byte_of_fifty_entries_is_found_or_changes_nothing() {
    let storied = Storied::with(50);
    let whole = fs::read(storied.path()).unwrap();
    let places = part(&whole, (0..whole.len()).collect());
    check("every byte of 50 entries", &whole, &places);
}

#[test]
#[ignore = "takes minutes; see above"]
fn twenty_thousand_wrong_bytes_of_a_thousand_entries_are_found_or_change_nothing() {
    let storied = Storied::with(1_000);
    let whole = fs::read(storied.path()).unwrap();
    let mut random = Random(2);
    let places = part(&whole, (0..20_000).map(|_| random.below(whole.len())).collect());
    check("20,000 of 1,000 entries", &whole, &places);
}

/// The places that are wanted now.
fn part(whole: &[u8], mut places: Vec<usize>) -> Vec<usize> {
    match std::env::var("ROLODECK_FLIPS").as_deref() {
        Err(_) => places,
        Ok(wanted @ ("used" | "free")) => {
            let gaps = gaps(whole);
            places.retain(|place| gaps[place / PAGE].contains(&(place % PAGE)) == (wanted == "free"));
            places
        }
        Ok(wanted) => {
            let (which, of) = wanted.split_once('/').unwrap();
            let (which, of): (usize, usize) = (which.parse().unwrap(), of.parse().unwrap());
            places.into_iter().skip(which - 1).step_by(of).collect()
        }
    }
}

const PAGE: usize = 4_096;

/// In every page of a tree, what lies between the list of cells and the cells: SQLite keeps nothing there. Empty for
/// pages of other kinds.
fn gaps(whole: &[u8]) -> Vec<std::ops::Range<usize>> {
    let gap = |(n, page): (usize, &[u8])| {
        let head = if n == 0 { 100 } else { 0 };
        let number = |at: usize| usize::from(u16::from_be_bytes([page[head + at], page[head + at + 1]]));
        let list = match page[head] {
            2 | 5 => 12,
            10 | 13 => 8,
            _ => return 0..0,
        };
        head + list + 2 * number(3)..number(5)
    };
    whole.chunks(PAGE).enumerate().map(gap).collect()
}

/// Flips them one at a time, says how it went, and fails when anything was missed.
#[track_caller]
fn check(what: &str, whole: &[u8], places: &[usize]) {
    let began = Instant::now();
    let tally = flip(whole, places);
    let Tally { harmless, detected, refused, missed } = &tally;
    println!(
        "{what} ({} bytes): {} flips, {harmless} harmless, {} detected ({refused} of them by opening alone), {} missed, in {:?}",
        whole.len(),
        places.len(),
        detected + refused,
        missed.len(),
        began.elapsed()
    );
    assert_eq!(harmless + detected + refused + missed.len(), places.len());
    assert!(missed.is_empty(), "missed: {:#?}", &missed[..missed.len().min(20)]);
    // Where nothing stands, nothing can be wrong.
    let free = std::env::var("ROLODECK_FLIPS").is_ok_and(|part| part == "free");
    assert!(*harmless > 0 && (free || *detected > 0), "nothing was compared");
}

#[derive(Default)]
struct Tally {
    harmless: usize,
    detected: usize,
    refused: usize,
    missed: Vec<String>,
}

/// What became of one flip.
enum Came {
    Harmless,
    Detected,
    /// Examining found nothing, and opening it is refused all the same.
    Refused,
    Missed(String),
}

fn flip(whole: &[u8], places: &[usize]) -> Tally {
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut bench = Bench::new(whole);
                while let Some(place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let came = bench.flip(*place);
                    let mut tally = tally.lock().unwrap();
                    match came {
                        Came::Harmless => tally.harmless += 1,
                        Came::Detected => tally.detected += 1,
                        Came::Refused => tally.refused += 1,
                        Came::Missed(how) => tally.missed.push(format!("byte {place}: {how}")),
                    }
                }
            });
        }
    });
    tally.into_inner().unwrap()
}

/// A copy of the file, in which one byte after the other is wrong for a while.
struct Bench<'a> {
    whole: &'a [u8],
    folder: tempfile::TempDir,
    file: File,
    proof: Proof,
    answers: Digest,
}

impl<'a> Bench<'a> {
    fn new(whole: &'a [u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("flip.db");
        fs::write(&path, whole).unwrap();
        let (proof, answers) = (examine(&path, &[]).unwrap(), answers(&path).unwrap());
        assert_eq!(fs::read(&path).unwrap(), whole, "asking changed the file");
        let file = OpenOptions::new().write(true).open(&path).unwrap();
        Self { whole, folder, file, proof, answers }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("flip.db")
    }

    fn flip(&mut self, place: usize) -> Came {
        let wrong = self.whole[place] ^ (1 + Random(place as u64).below(255) as u8);
        self.file.write_all_at(&[wrong], place as u64).unwrap();
        let began = Instant::now();
        let path = self.path();
        let came = catch_unwind(AssertUnwindSafe(|| self.judge(&path)));
        let came = came.unwrap_or_else(|_| Came::Missed(format!("a panic, with {wrong:#x}")));
        let took = began.elapsed();
        self.restore(place);
        if took > PATIENCE { Came::Missed(format!("it took {took:?}, with {wrong:#x}")) } else { came }
    }

    fn judge(&self, path: &Path) -> Came {
        let Ok(proof) = examine(path, &[]) else { return Came::Detected };
        match answers(path) {
            Err(_) => Came::Refused,
            Ok(answers) if answers == self.answers && proof == self.proof => Came::Harmless,
            Ok(_) => Came::Missed("another answer".into()),
        }
    }

    /// Makes the file what it was, whatever was done with it meanwhile.
    fn restore(&mut self, place: usize) {
        self.file.write_all_at(&self.whole[place..=place], place as u64).unwrap();
        let path = self.path();
        for beside in ["flip.db-wal", "flip.db-shm", "flip.db-journal"] {
            fs::remove_file(path.with_file_name(beside)).ok();
        }
        if fs::read(&path).unwrap() != self.whole {
            fs::write(&path, self.whole).unwrap();
            self.file = OpenOptions::new().write(true).open(&path).unwrap();
        }
    }
}

/// Numbers that look random and are the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }
}
