//! The selected entry in full.
use crate::tui::when::Times;
use ratatui::text::{Line, Span};

use super::table::{sign, style};
use crate::engine::Ticket;
use crate::ledger::entry::Outcome;
use crate::ledger::telling::{Asked, Became, Detail, Fate, FieldTold, RowTold};
use crate::tui::scene::Scene;
use crate::tui::screen::users::Facts;
use crate::tui::when::{full, relative};
use crate::tui::widget::pane::Pane;

/// What is known of the selected entry.
#[derive(Default)]
pub(super) struct Entry {
    told: Option<(u64, Option<Box<Detail>>)>,
    asked: Option<(Ticket, u64)>,
    pub pane: Pane,
}

impl Entry {
    /// What is known about this entry: nothing yet, or that there is none, or all of it.
    pub fn about(&self, seq: u64) -> Option<Option<&Detail>> {
        self.told.as_ref().filter(|(told, _)| *told == seq).map(|(_, detail)| detail.as_deref())
    }

    /// Whether it has to be asked for.
    pub fn lacks(&self, seq: u64) -> bool {
        self.asked.is_none() && self.about(seq).is_none()
    }

    /// It was asked for.
    pub const fn asked(&mut self, ticket: Ticket, seq: u64) {
        self.asked = Some((ticket, seq));
    }

    /// Takes the answer; whether it is one to what was asked.
    pub fn take(&mut self, ticket: Ticket, detail: Option<Option<Box<Detail>>>) -> bool {
        let Some((_, seq)) = self.asked.take_if(|(asked, _)| *asked == ticket) else { return false };
        if let Some(detail) = detail {
            self.told = Some((seq, detail));
            self.pane.to_top();
        }
        true
    }
}

/// Everything about it, in lines.
pub(super) fn lines(detail: &Detail, scene: &Scene, zone: &Times, width: u16) -> Vec<Line<'static>> {
    let (theme, header) = (&scene.theme, &detail.header);
    let mut facts = Facts::new(theme, width);
    facts.line(Line::styled(detail.action.clone(), theme.title));
    facts.gap();
    let outcome = format!("{} {}", sign(header.outcome, theme), header.outcome);
    facts.fact("Outcome", Line::styled(outcome, style(header.outcome, theme)));
    if let Some(why) = &detail.refusal {
        facts.fact("Why", Line::styled(why.clone(), theme.warning));
    }
    facts.fact("Time", format!("{}, {}", full(header.at, zone), relative(scene.now, header.at)));
    match &detail.asked {
        Some(asked) => decided(&mut facts, asked, detail, scene, zone),
        None => facts.fact("Who", detail.who.clone()),
    }
    if !detail.waits.is_empty() {
        facts.heading("What waits");
        detail.waits.iter().for_each(|line| facts.bullet(theme.muted, line.clone()));
    }
    if !detail.command.is_empty() {
        facts.heading("What was asked for");
        detail.command.iter().for_each(|(name, said)| facts.fact(name, said.clone()));
    }
    if !detail.rows.is_empty() {
        facts.heading("Before and after");
        detail.rows.iter().for_each(|told| row(&mut facts, told, scene));
    }
    if detail.more > 0 {
        facts.gap();
        facts.line(Line::styled(format!("{} more parts are not shown here.", detail.more), theme.muted));
    }
    facts.heading("Session");
    match header.actor.session {
        Some(session) => facts.fact("Id", session.to_string()),
        None => facts.line(Line::styled("Outside of a session.", theme.muted)),
    }
    detail.facts.iter().filter(|(name, _)| name != "session").for_each(|(name, said)| facts.fact(name, said.clone()));
    facts.heading("In the log");
    facts.fact("Number", header.seq.to_string());
    facts.fact("Command", header.command.to_string());
    facts.fact("Hash", header.hash.to_string());
    facts.fact("Continues", header.previous.to_string());
    facts.into_lines()
}

/// Who asked and who decided.
fn decided(facts: &mut Facts<'_>, asked: &Asked, detail: &Detail, scene: &Scene, zone: &Times) {
    let verb = match detail.header.outcome {
        Outcome::Approved => "Approved by",
        Outcome::Rejected => "Rejected by",
        _ => "Who",
    };
    facts.fact(verb, detail.who.clone());
    if let Became::Rejected(reason) = &asked.became {
        facts.fact("Reason", reason.clone());
    }
    facts.fact("Asked by", asked.by.clone());
    facts.fact("Asked", format!("{}, entry {}", full(asked.at, zone), asked.entry));
    facts.fact("For", Line::styled(asked.summary.clone(), scene.theme.accent));
}

fn row(facts: &mut Facts<'_>, told: &RowTold, scene: &Scene) {
    let (theme, glyphs) = (&scene.theme, &scene.theme.glyphs);
    let (sign, end) = match told.fate {
        Fate::New => (glyphs.added, "new"),
        Fate::Gone => (glyphs.removed, "gone"),
        Fate::Changed => (glyphs.bullet, ""),
    };
    facts.line(Line::from(vec![
        Span::styled(format!("{sign} {}", told.row), theme.badge),
        Span::styled(if end.is_empty() { String::new() } else { format!("  {end}") }, theme.muted),
    ]));
    for field in &told.fields {
        match field {
            FieldTold::Is(name, told) | FieldTold::Was(name, told) => facts.fact(&format!("  {name}"), told.clone()),
            FieldTold::Said(_, text) => facts.fact("", text.clone()),
            FieldTold::Became(name, was, is) => {
                facts.fact(&format!("  {name}"), Line::styled(was.clone(), theme.muted));
                facts.fact(&format!("  {:>9}", glyphs.arrow), is.clone());
            }
        }
    }
}
