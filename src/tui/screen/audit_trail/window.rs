//! The part of the trail that is in memory: some lines in a row, the newest first, and what is known around them.
use crate::engine::Ticket;
use crate::ledger::query::Direction;
use crate::ledger::trail::{Line, Page};
use crate::tui::key::Key;
use crate::tui::widget::rows::{Motion, Rows};

/// Entries that are asked for at once.
pub(super) const PAGE: usize = 60;

/// Lines that are in memory at most.
const KEPT: usize = 1_000;

/// Lines beyond the visible ones that are asked for before anybody gets there.
const AHEAD: usize = 20;

/// Visible lines before the first drawing.
const HEIGHT: usize = 40;

/// Where the selection is held while lines come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// On its line.
    Line,
    /// On the oldest entry.
    Oldest,
    /// On this entry, or the one in its place, when it comes.
    Entry(u64),
}

/// Some lines of the trail.
#[derive(Debug)]
pub(super) struct Window {
    lines: Vec<Line>,
    pub rows: Rows,
    /// Behind which number older ones go on; none when the oldest is here.
    older: Option<u64>,
    /// The number up to which everything newer than the first line was looked at.
    newer: u64,
    /// Whether it reaches to the newest entry, as of when that was asked for.
    touching: bool,
    asked: Option<(Ticket, Direction)>,
    held: Held,
    /// Lines at the top that came in by themselves and were not looked at yet.
    fresh: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self::newest()
    }
}

impl Window {
    /// From the newest entry on.
    pub fn newest() -> Self {
        Self::at(Some(u64::MAX), 0, Held::Line)
    }

    /// From the oldest entry on.
    pub fn oldest() -> Self {
        Self::at(None, 0, Held::Oldest)
    }

    /// Around an entry.
    pub fn around(seq: u64) -> Self {
        Self::at(Some(seq.saturating_add(1)), seq, Held::Entry(seq))
    }

    fn at(older: Option<u64>, newer: u64, held: Held) -> Self {
        Self {
            lines: Vec::new(),
            rows: Rows::default(),
            older,
            newer,
            touching: older == Some(u64::MAX),
            asked: None,
            held,
            fresh: 0,
        }
    }

    /// The line in a row of the table.
    pub fn line(&self, row: usize) -> Option<&Line> {
        self.lines.get(row)
    }

    /// The selected line.
    pub fn selected(&self) -> Option<&Line> {
        self.line(self.rows.selected()?)
    }

    /// Whether something is being asked for.
    pub const fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// How far the search came, when it goes on.
    pub fn searched_to(&self) -> Option<u64> {
        self.older.filter(|older| *older < u64::MAX)
    }

    /// How many fit, when all of them are here.
    pub fn all(&self) -> Option<usize> {
        (self.touching && self.older.is_none()).then_some(self.lines.len())
    }

    /// Lines that came in above and were not looked at yet.
    pub const fn fresh(&self) -> usize {
        self.fresh
    }

    /// Whether nothing fits, as far as everything was looked at.
    pub fn is_empty_for_good(&self, head: u64) -> bool {
        self.lines.is_empty() && self.older.is_none() && self.newer >= head
    }

    /// What to ask for now: which way, and behind which number.
    pub fn wants(&self, head: u64) -> Option<(Direction, u64)> {
        if self.asked.is_some() {
            return None;
        }
        let room = self.room();
        let selected = self.rows.selected().unwrap_or(0);
        let below = self.lines.len().saturating_sub(selected);
        if let Some(from) = self.older.filter(|_| below < room) {
            return Some((Direction::Older, from));
        }
        let at_the_top = selected < room;
        (self.newer < head && (self.touching || at_the_top)).then_some((Direction::Newer, self.newer))
    }

    fn room(&self) -> usize {
        let height = self.rows.height();
        AHEAD + if height == 0 { HEIGHT } else { height }
    }

    /// It was asked for.
    pub const fn asked(&mut self, ticket: Ticket, direction: Direction) {
        self.asked = Some((ticket, direction));
    }

    /// Takes the answer to what it asked for; whether it is that.
    pub fn take(&mut self, ticket: Ticket, page: Option<Page>) -> bool {
        let Some((_, direction)) = self.asked.take_if(|(asked, _)| *asked == ticket) else { return false };
        if let Some(page) = page {
            match direction {
                Direction::Older => self.older_came(page),
                Direction::Newer => self.newer_came(page),
            }
            self.hold();
        }
        true
    }

    fn older_came(&mut self, page: Page) {
        if self.older == Some(u64::MAX) {
            self.newer = page.newest;
        }
        self.older = page.rest;
        self.lines.extend(page.lines);
        self.rows.clamp(self.lines.len());
        let behind = self.rows.selected().unwrap_or(0).saturating_sub(KEPT / 2);
        let surplus = self.lines.len().saturating_sub(KEPT).min(behind);
        if surplus > 0 {
            self.lines.drain(..surplus);
            self.rows.shrink_above(surplus);
            self.newer = self.lines.first().map_or(self.newer, |line| line.header.seq);
            self.touching = false;
            self.fresh = 0;
        }
    }

    fn newer_came(&mut self, page: Page) {
        self.newer = page.rest.unwrap_or(page.newest);
        let came = page.lines.len();
        let seen = self.touching && !self.lines.is_empty();
        self.lines.splice(0..0, page.lines.into_iter().rev());
        self.rows.grow_above(came);
        self.rows.clamp(self.lines.len());
        self.fresh = if seen { self.fresh + came } else { 0 };
        if page.rest.is_none() {
            self.touching = true;
        }
        if self.lines.len() > KEPT && self.rows.selected().is_some_and(|row| row < KEPT / 2) {
            self.lines.truncate(KEPT);
            self.rows.clamp(KEPT);
            self.older = self.lines.last().map(|line| line.header.seq);
        }
    }

    fn hold(&mut self) {
        match self.held {
            Held::Line => {}
            Held::Oldest => self.rows.select(usize::MAX),
            Held::Entry(seq) => {
                let row = self.lines.iter().position(|line| line.header.seq <= seq);
                self.rows.select(row.unwrap_or(0));
                if row.is_some() {
                    self.held = Held::Line;
                }
            }
        }
    }

    /// Goes to the newest line that is here.
    pub fn go_to_top(&mut self) {
        self.held = Held::Line;
        self.rows.select(0);
        self.fresh = 0;
    }

    /// Moves with a key, to where other lines begin if need be; whether the key was for that.
    pub fn key(&mut self, key: &Key, head: u64) -> bool {
        match Motion::of(key) {
            None => return false,
            Some(Motion::First) if !self.touching || self.newer < head => *self = Self::newest_like(self),
            Some(Motion::Last) if self.older.is_some() => *self = Self { rows: self.rows_for_more(), ..Self::oldest() },
            Some(_) => {
                self.held = Held::Line;
                self.rows.key(key);
            }
        }
        self.looked();
        true
    }

    /// The selection moved by other means.
    pub fn looked(&mut self) {
        let selected = self.rows.selected().unwrap_or(0);
        self.fresh = self.fresh.min(selected);
    }

    fn newest_like(&self) -> Self {
        Self { rows: self.rows_for_more(), ..Self::newest() }
    }

    /// No rows yet, in the same place of the screen.
    fn rows_for_more(&self) -> Rows {
        let mut rows = self.rows.clone();
        rows.clamp(0);
        rows.begin_at(0);
        rows
    }
}
