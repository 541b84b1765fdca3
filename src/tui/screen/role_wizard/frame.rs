//! What stands around every step: the steps above, and below what is chosen between the buttons.
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::text::{Line, Span};

use super::draft::{RoleDraft, Setup, Step};
use crate::tui::event::Mouse;
use crate::tui::key::{Code, Key};
use crate::tui::layer::{Offer, offer_for};
use crate::tui::scene::Ready;
use crate::tui::theme::Theme;
use crate::tui::widget::button::{Button, ButtonState, draw_buttons};
use crate::tui::widget::line::draw_line;
use crate::tui::widget::tabs::{Tab, Tabs};

/// Columns that the two setups and the key for them take.
const SETUPS: u16 = 31;

/// Where everything goes.
#[derive(Clone, Copy, Debug)]
pub struct Rooms {
    /// The steps.
    pub steps: Rect,
    /// The two setups, in the first step.
    pub about: Rect,
    /// The step itself.
    pub body: Rect,
    /// The buttons.
    pub foot: Rect,
}

/// Where the buttons are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Buttons {
    back: Rect,
    on: Rect,
}

impl Buttons {
    /// The key of the button that the mouse is over.
    pub fn at(&self, mouse: &Mouse) -> Option<Code> {
        let here = Position::new(mouse.column, mouse.row);
        if self.on.contains(here) { Some(Code::Enter) } else { self.back.contains(here).then_some(Code::Esc) }
    }
}

/// Divides the area.
pub fn rooms(area: Rect, draft: &RoleDraft) -> Rooms {
    let area = Rect { x: area.x.saturating_add(1), width: area.width.saturating_sub(2), ..area };
    let setups = u16::from(draft.step() == Step::Permissions);
    let air = u16::from(area.height > 22);
    let rows = [
        Constraint::Length(1),
        Constraint::Length(setups),
        Constraint::Length(air),
        Constraint::Min(1),
        Constraint::Length(air),
        Constraint::Length(1),
    ];
    let [steps, about, _, body, _, foot] = Layout::vertical(rows).areas(area);
    Rooms { steps, about, body, foot }
}

/// Draws the steps of this role, with the current one marked.
pub fn draw_steps(frame: &mut Frame<'_>, area: Rect, draft: &RoleDraft, theme: &Theme) {
    let mut steps = vec![(Step::Permissions, "Define permissions")];
    if draft.asks_for_accounts() {
        steps.push((Step::Accounts, "Select accounts"));
    }
    steps.push((Step::Summary, "Complete the Role Setup"));
    let mut spans = Vec::new();
    for (n, (step, name)) in steps.into_iter().enumerate() {
        if n > 0 {
            spans.push(Span::styled(format!(" {} ", theme.glyphs.crumb), theme.muted));
        }
        let style = if step == draft.step() { theme.tab } else { theme.tab_other };
        spans.push(Span::styled(format!("{} {name}", n + 1), style));
    }
    draw_line(&Line::from(spans), area, frame.buffer_mut(), theme);
}

/// Draws the two setups, and why to choose little.
pub fn draw_setups(frame: &mut Frame<'_>, area: Rect, draft: &RoleDraft, theme: &Theme) {
    let [tabs, reminder] = Layout::horizontal([Constraint::Length(SETUPS), Constraint::Min(1)]).areas(area);
    let open = match draft.setup() {
        Setup::Simple => 0,
        Setup::Advanced => 1,
    };
    Tabs::new(&[Tab::new("Simple setup"), Tab::new("Advanced setup")], open, theme).draw(tabs, frame.buffer_mut());
    let text = format!("{} Least privilege: only what the work needs.", theme.glyphs.note);
    draw_line(&Line::styled(text, theme.warning).right_aligned(), reminder, frame.buffer_mut(), theme);
}

/// What is said between the buttons.
pub fn said(draft: &RoleDraft) -> String {
    match draft.permissions().len() {
        0 => "No permission yet".to_owned(),
        1 => "1 permission".to_owned(),
        many => format!("{many} permissions"),
    }
}

/// Draws the button that goes back at the left, what is said in the middle, and the one that goes on at the right.
pub fn draw_foot(frame: &mut Frame<'_>, area: Rect, offers: &[Offer], said: &str, theme: &Theme) -> Buttons {
    let buf = frame.buffer_mut();
    let back = Button::new("Back").key(Key::plain(Code::Esc));
    let left = Rect { width: back.columns(theme).min(area.width), ..area };
    draw_line(&back.line(theme), left, buf, theme);
    let mut right = Rect { x: area.right(), width: 0, ..area };
    if let Some(offer) = offer_for(offers, Key::plain(Code::Enter)) {
        let state = match offer.ready {
            Ready::No(_) => ButtonState::Disabled,
            Ready::Yes | Ready::Hidden => ButtonState::Ready,
        };
        let on = Button::new(offer.label).key(Key::plain(Code::Enter)).state(state);
        right = draw_buttons(&[on], area, buf, theme).first().copied().unwrap_or(right);
    }
    let x = left.right().saturating_add(1);
    let middle = Rect { x, width: right.x.saturating_sub(x + 1), ..area };
    draw_line(&Line::styled(said.to_owned(), theme.muted).centered(), middle, buf, theme);
    Buttons { back: left, on: right }
}
