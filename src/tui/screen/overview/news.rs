//! The newest changes, read from the audit trail page by page.
use ratatui::text::{self, Span};

use super::block::Block;
use super::checks::Detail;
use super::target::{Target, all};
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::engine::{Answer, Reply, Request, Ticket};
use crate::ledger::entry::Outcome;
use crate::ledger::query::{Direction, Query, Span as Wanted};
use crate::ledger::telling::KINDS;
use crate::ledger::trail::Line;
use crate::tui::acts::Acts;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::audit_trail::{sign, style};
use crate::tui::when::short;
use crate::tui::widget::line::columns;

/// Changes that are asked for.
pub(super) const MOST: usize = 20;

/// Steps that asking may take: a few milliseconds.
const BUDGET: u32 = 600;

/// The width from which who did it stands before what was done.
const ROOMY: u16 = 60;

/// Entries that change nothing that anybody waits to read about.
const QUIET: [&str; 5] = ["draw_code", "sign_in", "sign_out", "switch_role", "prove_again"];

/// The newest changes, as far as they are known.
#[derive(Default)]
pub(super) struct News {
    lines: Vec<Line>,
    /// The newest entry when they were asked for.
    upto: Option<u64>,
    asked: Option<Ticket>,
    trouble: Option<String>,
}

impl News {
    /// Whether the active role may read them.
    pub fn may_read(scene: &Scene) -> Ready {
        scene.may_see(Need::organization(Permission::RESOURCE_EVENTS_READ))
    }

    /// What was read says it no longer as it is.
    pub fn forget(&mut self) {
        self.upto = None;
        self.trouble = None;
    }

    /// Somebody else looks.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Asks when there is something newer.
    pub fn fetch(&mut self, scene: &Scene, acts: &mut Acts) {
        let Some((session, view)) = scene.session.clone().zip(scene.view.as_ref()) else { return };
        let known = self.asked.is_some() || self.trouble.is_some() || self.upto == Some(view.head.seq);
        if known || scene.past.is_some() || Self::may_read(scene) != Ready::Yes {
            return;
        }
        let commands = KINDS.iter().map(|(name, _)| *name).filter(|name| !QUIET.contains(name)).collect();
        let query = Query { commands, ..Query::default() };
        let span = Wanted { direction: Direction::Older, from: u64::MAX, limit: MOST, budget: BUDGET };
        self.upto = Some(view.head.seq);
        self.asked = Some(acts.ask(Request::Trail { session, query, span }));
    }

    /// Takes the answer; whether it was to this.
    pub fn take(&mut self, ticket: Ticket, answer: Answer) -> Result<(), Answer> {
        if self.asked != Some(ticket) {
            return Err(answer);
        }
        self.asked = None;
        match answer {
            Ok(Reply::Trail(page)) => self.lines = page.lines,
            Ok(_) => {}
            Err(trouble) => self.trouble = Some(trouble.in_full()),
        }
        Ok(())
    }

    /// What can be selected where there is room for so many.
    pub fn targets(&self, room: usize) -> Vec<Target> {
        let shown = self.lines.iter().take(room.saturating_sub(1));
        let mut targets: Vec<_> = shown.map(|line| Target::Entry(line.header.seq)).collect();
        targets.extend(self.lines.first().map(|_| Target::AllEntries));
        targets
    }

    /// One change in full.
    pub fn in_full(&self, seq: u64) -> Option<String> {
        let line = self.lines.iter().find(|line| line.header.seq == seq)?;
        let outcome = match line.header.outcome {
            Outcome::Done => String::new(),
            other => format!(" ({other})"),
        };
        Some(format!("{}: {}{outcome}", line.who, line.what))
    }

    /// They and their heading, in so many columns and at most so many lines.
    pub fn block(&self, scene: &Scene, sight: &Ready, width: u16, room: usize, detail: Detail) -> Block {
        let theme = &scene.theme;
        let mut block = Block::new("Newest changes", String::new(), theme);
        if let Ready::No(why) = sight {
            block.refuse(Target::AllEntries, why, width, detail, theme);
            return block;
        }
        if let Some(trouble) = &self.trouble {
            block.tell(&format!("{} {trouble}", theme.glyphs.wrong), 2, width, theme.danger);
            return block;
        }
        if self.lines.is_empty() {
            let text = if self.asked.is_some() { "Reading them" } else { "Nothing changed yet." };
            block.tell(text, 2, width, theme.muted);
            return block;
        }
        for target in self.targets(room) {
            let line = match target {
                Target::Entry(seq) => self.lines.iter().find(|line| line.header.seq == seq),
                _ => None,
            };
            match line {
                Some(line) => {
                    let (line, below) = told(line, scene, width, detail);
                    block.push(target, line);
                    below.into_iter().for_each(|line| block.say(line));
                }
                None => block.push(target, all("All entries ", "4", theme)),
            }
        }
        block
    }
}

/// What was done and by whom; where there is little room, on a line of its own or behind it.
fn told(line: &Line, scene: &Scene, width: u16, detail: Detail) -> (text::Line<'static>, Option<text::Line<'static>>) {
    let theme = &scene.theme;
    let outcome = line.header.outcome;
    let when = short(line.header.at, scene.now, &scene.zone);
    let gap = " ".repeat(13usize.saturating_sub(columns(&when)));
    let mut spans = vec![
        Span::styled(format!("{} ", sign(outcome, theme)), style(outcome, theme)),
        Span::styled(format!("{when}{gap}"), theme.muted),
    ];
    if width >= ROOMY {
        spans.push(Span::styled(format!("{}: {}", line.who, line.what), theme.text));
        return (spans.into(), None);
    }
    spans.push(Span::styled(line.what.clone(), theme.text));
    if detail == Detail::Why {
        return (spans.into(), Some(text::Line::styled(format!("{:16}{}", "", line.who), theme.muted)));
    }
    spans.push(Span::styled(format!(" {} {}", theme.glyphs.dot, line.who), theme.muted));
    (spans.into(), None)
}
