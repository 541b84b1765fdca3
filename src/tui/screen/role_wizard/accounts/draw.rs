//! How the selection of accounts looks.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::{AccountsStep, At};
use crate::domain::census::AccountCounts;
use crate::domain::org::Org;
use crate::domain::organization::AccountState;
use crate::domain::scope::Scope;
use crate::domain::words::scope_in_words;
use crate::tui::scene::Scene;
use crate::tui::screen::role_wizard::draft::{Reach, RoleDraft};
use crate::tui::screen::role_wizard::places::Place;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::line::{draw_line, line_columns, wrap};
use crate::tui::widget::list::Item;

/// What selecting means.
const CHOSEN: &str = "A selected entity stands for its accounts and child entities, those that are added later, too. \
                      A selected account stands for itself alone.";

/// What *All future entities* means.
const ALL: &str = "The role reaches every entity and account, those that are added later, too. Take the tick away to \
                   select some of them.";

impl AccountsStep {
    /// Draws *All future entities*, and the tree below.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene, draft: &RoleDraft) {
        let theme = &scene.theme;
        let chosen = draft.reach() == Reach::Chosen;
        let rows = [Constraint::Length(1), Constraint::Length(2), Constraint::Length(1), Constraint::Min(0)];
        let [switch, about, filter, tree] = Layout::vertical(rows).areas(area);
        self.draw_switch(frame, switch, draft, theme);
        let text = if chosen { CHOSEN } else { ALL };
        for (line, place) in wrap(&Line::styled(text, theme.muted), about.width).iter().zip(about.rows()) {
            draw_line(line, place, frame.buffer_mut(), theme);
        }
        if !chosen {
            return;
        }
        if self.filter.is_on() {
            self.filter.draw(frame, filter, scene, &format!("{} found", self.tree.matches()));
        } else if let Some(note) = self.note(&scene.org) {
            let text = format!("{} {note}", theme.glyphs.note);
            draw_line(&Line::styled(text, theme.warning), filter, frame.buffer_mut(), theme);
        }
        self.draw_tree(frame, tree, scene, draft);
    }

    /// What is chosen and not to be seen in the tree.
    fn note(&self, org: &Org) -> Option<String> {
        let gone = match self.gone {
            0 => None,
            1 => Some("1 selected place does not exist any more".to_owned()),
            many => Some(format!("{many} selected places do not exist any more")),
        };
        let unseen = (self.unseen != Scope::nothing())
            .then(|| format!("{} that your active role may not see", scope_in_words(org, &self.unseen)));
        let notes: Vec<String> = gone.into_iter().chain(unseen).collect();
        (!notes.is_empty()).then(|| notes.join("; "))
    }

    fn draw_switch(&mut self, frame: &mut Frame<'_>, area: Rect, draft: &RoleDraft, theme: &Theme) {
        let chosen = draft.reach() == Reach::Chosen;
        let here = !chosen || self.at == At::AllFuture;
        let pointer = if here { theme.glyphs.pointer } else { " " };
        let sign = if chosen { theme.glyphs.off } else { theme.glyphs.on };
        let style = if here { theme.selected } else { theme.text };
        let line = Line::from(vec![
            Span::styled(pointer, theme.accent),
            Span::raw(" "),
            Span::styled(sign, theme.accent),
            Span::raw(" "),
            Span::styled("All future entities", style),
        ]);
        let width = u16::try_from(line_columns(&line)).unwrap_or(u16::MAX).min(area.width);
        self.switch = Rect { width, ..area };
        let rest = Rect { x: self.switch.right() + 2, width: area.width.saturating_sub(width + 2), ..area };
        frame.buffer_mut().set_style(self.switch, theme.row);
        draw_line(&line, self.switch, frame.buffer_mut(), theme);
        let told = Line::styled(self.told.clone(), theme.accent).right_aligned();
        draw_line(&told, rest, frame.buffer_mut(), theme);
    }

    fn draw_tree(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene, draft: &RoleDraft) {
        let theme = &scene.theme;
        if self.tree.is_empty() {
            let text = if self.filter.is_on() {
                "  No entity and no account fits. Esc shows all of them again."
            } else {
                "  There is no entity and no account yet. Add them under Entities and accounts."
            };
            draw_line(&Line::styled(text, theme.muted), area, frame.buffer_mut(), theme);
            return;
        }
        let focus = Focus::when(self.at == At::Tree);
        let (chosen, partly, counts, org) = (draft.chosen(), &self.partly, &self.counts, &scene.org);
        self.tree.draw(area, frame.buffer_mut(), theme, focus, |place| {
            item(org, counts, *place, theme).sign(chosen.tick(org, partly, *place).sign(theme))
        });
    }
}

fn item(org: &Org, counts: &AccountCounts, place: Place, theme: &Theme) -> Item<'static> {
    match place {
        Place::Entity(entity) => {
            let name = org.entity(entity).map(|row| row.name.to_string()).unwrap_or_default();
            let note = match counts.of_entity(entity).below {
                0 => "no accounts".to_owned(),
                1 => "1 account".to_owned(),
                many => format!("{many} accounts"),
            };
            Item::new(Line::styled(name, theme.heading)).note(Line::styled(note, theme.muted))
        }
        Place::Account(account) => {
            let Some(row) = org.account(account) else { return Item::default() };
            let mut line = Line::from(row.name.to_string());
            line.spans.push(Span::styled(format!(" {} {}", theme.glyphs.dot, row.currency), theme.muted));
            if row.state == AccountState::Ignored {
                line.spans.push(Span::styled(" ignored, so not reached", theme.warning));
            }
            Item::new(line).note(Line::styled(row.identifier.to_string(), theme.muted))
        }
    }
}
