//! A list of addresses while it is judged, slice by slice.
use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::acquaintance::{Acquaintance, Addresses, News};
use crate::domain::address::{Candidate, Judge, Judged, Verdict, split_list};
use crate::domain::org::Org;

/// Entries that are judged in one slice.
const SLICE: usize = 500;

/// Entries that are read off the text in one slice.
const READ: usize = 2_000;

/// A place in the text from which judging can start again: the beginning of a line, how many entries stand before
/// it, and the judge as it was there, once it was there.
struct Mark {
    at: usize,
    entries: usize,
    judge: Option<Judge<Addresses>>,
}

/// Whether the work goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// It does, as long as there is any.
    On,
    /// The person stopped it.
    Stopped,
}

/// What is being done, for a progress bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stage {
    /// In words.
    pub words: &'static str,
    /// How much is done.
    pub done: usize,
    /// Of how much.
    pub of: usize,
}

/// How many entries there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// They can be invited.
    pub ok: usize,
    /// They can be invited, and there is something to look at first.
    pub warned: usize,
    /// They are no addresses.
    pub invalid: usize,
    /// They stand further up already.
    pub twice: usize,
    /// Somebody signed up with them.
    pub users: usize,
    /// An invitation to them is open.
    pub invited: usize,
}

/// The list, and how far it is judged. A change of the text is judged from shortly before the place of the change.
pub(super) struct Judging {
    known: Addresses,
    learned: Acquaintance,
    text: String,
    read: usize,
    waiting: VecDeque<Candidate>,
    entries: Vec<Judged>,
    marks: VecDeque<Mark>,
    judge: Option<Judge<Addresses>>,
    pace: Pace,
}

impl Judging {
    /// An empty list in an organization.
    pub(super) fn new(org: &Arc<Org>, now: Timestamp) -> Self {
        Self {
            known: Addresses::new(Arc::clone(org), now),
            learned: Acquaintance::default(),
            text: String::new(),
            read: 0,
            waiting: VecDeque::new(),
            entries: Vec::new(),
            marks: VecDeque::new(),
            judge: None,
            pace: Pace::On,
        }
    }

    /// What was judged so far, in the order of the list.
    pub(super) fn entries(&self) -> &[Judged] {
        &self.entries
    }

    /// Who has an address already.
    pub(super) const fn known(&self) -> &Addresses {
        &self.known
    }

    /// How many entries were found in the text so far.
    pub(super) fn len(&self) -> usize {
        self.entries.len() + self.waiting.len()
    }

    /// Whether the list is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.waiting.is_empty() && self.read == self.text.len()
    }

    /// Whether every entry was judged.
    pub(super) fn is_complete(&self) -> bool {
        self.learned.complete().is_some() && self.waiting.is_empty() && self.read == self.text.len()
    }

    /// Whether the person stopped it before its end.
    pub(super) fn is_stopped(&self) -> bool {
        self.pace == Pace::Stopped && !self.is_complete()
    }

    /// Stops.
    pub(super) const fn stop(&mut self) {
        self.pace = Pace::Stopped;
    }

    /// Goes on.
    pub(super) const fn go_on(&mut self) {
        self.pace = Pace::On;
    }

    /// What is being done and how far it has come; none when all is done.
    pub(super) fn stage(&self) -> Option<Stage> {
        if self.learned.complete().is_none() {
            let (done, of) = (self.learned.done(), self.known.org().addresses().len());
            Some(Stage { words: "Reading who is known", done, of })
        } else if self.read < self.text.len() {
            Some(Stage { words: "Reading the list", done: self.read, of: self.text.len() })
        } else if self.waiting.is_empty() {
            None
        } else {
            Some(Stage { words: "Judging", done: self.entries.len(), of: self.len() })
        }
    }

    /// How many entries of each kind were judged.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for entry in &self.entries {
            match entry.verdict {
                Verdict::Ok(_) => {
                    counts.ok += 1;
                    counts.warned += usize::from(!entry.warnings.is_empty());
                }
                Verdict::Invalid(_) => counts.invalid += 1,
                Verdict::TwiceInList { .. } => counts.twice += 1,
                Verdict::AlreadyUser => counts.users += 1,
                Verdict::AlreadyInvited => counts.invited += 1,
            }
        }
        counts
    }

    /// Another text. What stands before the first difference keeps its verdicts.
    pub(super) fn set_text(&mut self, text: String) {
        let same = self.text.bytes().zip(text.bytes()).take_while(|(old, new)| old == new).count();
        let same = if same == self.text.len() && same == text.len() { usize::MAX } else { same };
        self.text = text;
        self.pace = Pace::On;
        if same == usize::MAX {
            return;
        }
        while self.marks.back().is_some_and(|mark| mark.at > same || mark.judge.is_none()) {
            self.marks.pop_back();
        }
        self.resume();
    }

    /// Goes back to the newest mark, or to the beginning.
    fn resume(&mut self) {
        let (at, entries) = self.marks.back().map_or((0, 0), |mark| (mark.at, mark.entries));
        self.judge = self.marks.back().and_then(|mark| mark.judge.clone());
        self.read = at;
        self.waiting.clear();
        self.entries.truncate(entries);
    }

    /// Another state of the organization; whether anything has to be judged again.
    pub(super) fn set_org(&mut self, org: &Arc<Org>, now: Timestamp) -> bool {
        let before = std::mem::replace(&mut self.known, Addresses::new(Arc::clone(org), now));
        if Arc::ptr_eq(before.org(), org) || self.learned.follow(before.org(), org) == News::None {
            return false;
        }
        self.marks.clear();
        self.resume();
        true
    }

    /// Does a slice of work; whether there was any.
    pub(super) fn work(&mut self) -> bool {
        if self.learned.learn(self.known.org()) {
            return true;
        }
        if self.pace == Pace::Stopped {
            return false;
        }
        if self.read < self.text.len() {
            self.read_on();
            return true;
        }
        self.judge_on()
    }

    /// Reads the entries of some more lines. No entry goes on behind the end of its line.
    fn read_on(&mut self) {
        let enough = self.waiting.len() + READ;
        while self.waiting.len() < enough && self.read < self.text.len() {
            let rest = self.text.get(self.read..).unwrap_or_default();
            let line = rest.split_inclusive('\n').next().unwrap_or_default();
            let before = self.entries.len() + self.waiting.len();
            if self.marks.back().map_or(0, |mark| mark.entries) + SLICE <= before {
                self.marks.push_back(Mark { at: self.read, entries: before, judge: None });
            }
            self.waiting.extend(split_list(line));
            self.read += line.len().max(1);
        }
        self.read = self.read.min(self.text.len());
    }

    fn judge_on(&mut self) -> bool {
        let Some(like) = self.learned.complete() else { return false };
        if self.waiting.is_empty() {
            return false;
        }
        let mut judge = self.judge.take().unwrap_or_else(|| {
            let own = self.known.org().organization().map(|row| row.domains.clone()).unwrap_or_default();
            Judge::new(self.known.clone(), own, like.clone())
        });
        for _ in 0..SLICE {
            let at = self.entries.len();
            if let Ok(place) = self.marks.binary_search_by_key(&at, |mark| mark.entries)
                && let Some(mark) = self.marks.get_mut(place)
            {
                mark.judge.get_or_insert_with(|| judge.clone());
            }
            let Some(candidate) = self.waiting.pop_front() else { break };
            self.entries.push(judge.take(candidate));
        }
        self.judge = Some(judge);
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(text: &str) -> Judging {
        let mut judging = Judging::new(&Arc::new(Org::default()), Timestamp::UNIX_EPOCH);
        judging.set_text(text.to_owned());
        while judging.work() {}
        judging
    }

    const WHOLE: [&str; 16] = [
        "jane@example.com",
        "JANE@example.com",
        "Doe",
        "Joe",
        "<joe@example.com>",
        ",",
        ";",
        " ",
        "\n",
        "\r\n",
        "\t",
        "mailto:x@example.com",
        "日本",
        "、",
        "\u{202e}",
        "\"Doe, Joe\" <doe@example.com>",
    ];

    fn list(pieces: &[&'static str]) -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(pieces.to_vec());
        proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn line_by_line_the_entries_are_those_of_the_whole_text(
            text in list(&[&WHOLE[..], &["<", ">", "\"", "@"]].concat()),
        ) {
            let entries: Vec<_> = judged(&text).entries.into_iter().map(|entry| entry.candidate).collect();
            prop_assert_eq!(entries, split_list(&text).collect::<Vec<_>>());
        }

        #[test]
        fn entries_written_one_on_a_line_are_read_back(text in list(&WHOLE)) {
            let entries: Vec<_> = split_list(&text).collect();
            let lines: Vec<_> = entries.iter().map(|entry| entry.text.as_ref()).collect();
            prop_assert_eq!(split_list(&lines.join("\n")).collect::<Vec<_>>(), entries);
        }
    }

    #[test]
    fn a_change_anywhere_gives_the_verdicts_of_the_whole_text() {
        let list = |n: usize| (0..n).map(|n| format!("p{}@example.com\n", n % 1_700)).collect::<String>();
        let text = list(3_000);
        for at in [0, 1, 7_000, 8_000, 20_000, text.len()] {
            let mut judging = judged(&text);
            let mut changed = text.clone();
            changed.insert_str(at, "x, y@example.com p3@example.com\n");
            judging.set_text(changed.clone());
            let mut slices = 0;
            while judging.work() {
                slices += 1;
            }
            assert_eq!(judging.entries, judged(&changed).entries, "changed at {at}");
            let rest = (text.len() - at) / 15 / SLICE;
            assert!(slices <= rest + 6, "{slices} slices for a change at {at}");
            judging.set_text(text.clone());
            while judging.work() {}
            assert_eq!(judging.entries, judged(&text).entries);
        }
    }
}
