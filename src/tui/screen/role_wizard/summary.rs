//! Complete the Role Setup: review, name, and create.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use super::draft::RoleDraft;
use super::naming::name_of;
use super::outlook::Outlook;
use super::review::Review;
use crate::domain::name::RoleName;
use crate::tui::event::Mouse;
use crate::tui::key::Code;
use crate::tui::layer::Input;
use crate::tui::scene::Scene;
use crate::tui::theme::{Focus, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::pane::Pane;
use crate::tui::widget::response::Response;

/// Columns from which on the matrix stands beside the words.
const WIDE: u16 = 110;

/// Columns of the matrix beside the words.
const MATRIX: u16 = 68;

/// Characters that the name takes: more than it may have, so that it can be said which are too many.
const LIMIT: usize = 200;

/// Where the name field begins.
const LABEL: &str = "Name  ";

/// Where the keyboard is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// In the name.
    Name,
    /// In what is reviewed.
    Review,
}

/// The name field, and how far the review is read.
#[derive(Debug)]
pub struct SummaryStep {
    at: At,
    name: Field,
    words: Pane,
    matrix: Pane,
    review: Review,
    refused: Option<String>,
}

impl SummaryStep {
    /// With the name that the draft begins with.
    pub fn new(draft: &RoleDraft) -> Self {
        let name = Field::line("Name").placeholder("what the role is for, such as Approver").limit(LIMIT);
        Self {
            at: At::Name,
            name: name.with(draft.name()),
            words: Pane::default(),
            matrix: Pane::default(),
            review: Review::default(),
            refused: None,
        }
    }

    /// Where the keyboard is.
    pub const fn at(&self) -> At {
        self.at
    }

    /// Moves the keyboard between the name and the review.
    pub const fn turn(&mut self) {
        self.at = match self.at {
            At::Name => At::Review,
            At::Review => At::Name,
        };
    }

    /// Begins at the top, in the name.
    pub fn enter(&mut self) {
        self.at = At::Name;
        self.words.to_top();
        self.matrix.to_top();
    }

    /// Looks again at what comes of the draft.
    pub fn look(&mut self, scene: &Scene, draft: &RoleDraft, outlook: &Outlook) {
        self.review = Review::of(scene, draft, outlook);
        self.judge_name(scene, draft);
    }

    /// Says what is wrong with the name, or what it was.
    pub fn judge_name(&mut self, scene: &Scene, draft: &RoleDraft) {
        let before = draft.role().and_then(|role| scene.org.role(role)).map(|role| &role.name);
        let renamed = before.filter(|before| before.as_str() != draft.name().trim());
        let hint = |before| Line::styled(format!("So far it is called “{before}”."), scene.theme.muted);
        self.name.set_hint(renamed.map(hint));
        if let Some(wrong) = name_of(&scene.org, draft).err().filter(|_| !draft.name().trim().is_empty()) {
            self.name.set_problem(Some(wrong));
        }
    }

    /// Says why the role was refused, until something is changed.
    pub fn refuse(&mut self, reason: Option<String>) {
        self.refused = reason;
    }

    /// Says what is wrong with the name, until it is changed.
    pub fn refuse_name(&mut self, reason: String) {
        self.at = At::Name;
        self.name.set_problem(Some(reason));
    }

    /// Types the name, or moves through the review; what of the draft changed is in the response.
    pub fn input(&mut self, input: &Input, draft: &mut RoleDraft) -> Response {
        let response = match (input, self.at) {
            (Input::Key(key), At::Name) => match self.name.key(key) {
                Response::Ignored if self.scroll(input) => Response::Taken,
                response => response,
            },
            (Input::Paste(text), At::Name) => self.name.paste(text),
            (Input::Key(_), At::Review) if self.scroll(input) => Response::Taken,
            _ => Response::Ignored,
        };
        if response == Response::Changed {
            draft.rename(&self.name.value());
        }
        response
    }

    /// Both parts of the review are read together.
    fn scroll(&mut self, input: &Input) -> bool {
        match input {
            Input::Key(key) if matches!(key.code, Code::Enter | Code::Esc | Code::Tab | Code::BackTab) => false,
            Input::Key(key) => self.words.key(key) | self.matrix.key(key),
            Input::Mouse(_) | Input::Paste(_) => false,
        }
    }

    /// Scrolls with the wheel; whether the mouse was over the review.
    pub fn mouse(&mut self, mouse: &Mouse) -> bool {
        self.words.mouse(mouse) || self.matrix.mouse(mouse)
    }

    /// Draws the review, and the name below it.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let theme = &scene.theme;
        let label = u16::try_from(LABEL.len()).unwrap_or(0);
        let width = area.width.saturating_sub(label);
        let refused = self.refused.as_ref().map(|text| {
            Line::from(vec![
                Span::styled(format!("{} ", theme.glyphs.wrong), theme.danger),
                Span::styled(text.clone(), theme.danger),
            ])
        });
        let refused: Vec<Line<'_>> = refused.iter().flat_map(|line| wrap(line, area.width)).collect();
        let said = u16::try_from(refused.len()).unwrap_or(u16::MAX);
        let rows = [
            Constraint::Min(1),
            Constraint::Length(said),
            Constraint::Length(1),
            Constraint::Length(self.name.height(width, theme)),
        ];
        let [review, wrong, _, name] = Layout::vertical(rows).areas(area);
        self.draw_review(frame, review, theme);
        for (line, place) in refused.iter().zip(wrong.rows()) {
            draw_line(line, place, frame.buffer_mut(), theme);
        }
        let focus = Focus::when(self.at == At::Name && scene.focus.is_here());
        let style = if focus.is_here() { theme.accent } else { theme.text };
        draw_line(&Line::styled(LABEL, style), name, frame.buffer_mut(), theme);
        let place = Rect { x: name.x.saturating_add(label), width, ..name };
        if let Some(cursor) = self.name.draw(place, frame.buffer_mut(), theme, focus) {
            frame.set_cursor_position(cursor);
        }
    }

    fn draw_review(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let Review { words, matrix } = &self.review;
        if area.width < WIDE {
            let width = area.width.saturating_sub(2);
            let mut lines = words.lines(width);
            lines.push(Line::default());
            lines.extend(matrix.lines(width));
            self.words.draw(&lines, area, frame.buffer_mut(), theme);
            return;
        }
        let parts = [Constraint::Min(1), Constraint::Length(2), Constraint::Length(MATRIX)];
        let [left, _, right] = Layout::horizontal(parts).areas(area);
        let lines = words.lines(left.width.saturating_sub(2));
        self.words.draw(&lines, left, frame.buffer_mut(), theme);
        self.matrix.draw(&matrix.lines(right.width.saturating_sub(2)), right, frame.buffer_mut(), theme);
    }
}

/// The name under which the role can be created now.
///
/// # Errors
/// Why it cannot be.
pub fn ready_name(scene: &Scene, draft: &RoleDraft, began: &RoleDraft, outlook: &Outlook) -> Result<RoleName, String> {
    if draft.permissions().is_empty() {
        return Err("A role needs at least one permission. Go back and choose some.".to_owned());
    }
    if let Some(obstacle) = &outlook.obstacle {
        return Err(format!("{obstacle} {}", obstacle.hint()));
    }
    if draft.name().trim().is_empty() {
        return Err("The role has no name yet. Type one that says what the role is for.".to_owned());
    }
    if draft.role().is_some() && !draft.differs_from(began) {
        return Err("Nothing has been changed yet.".to_owned());
    }
    name_of(&scene.org, draft)
}
