//! How a page looks: a narrow column in the middle of the window.
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::front::Entrance;
use super::step::Step;
use crate::domain::organization::Nature;
use crate::domain::text::Shown;
use crate::tui::scene::Scene;
use crate::tui::theme::Focus;
use crate::tui::widget::line::{draw_line, wrap};
use crate::tui::widget::rows::Rows;
use crate::tui::widget::toast::Tone;

/// Columns of a page.
const WIDTH: u16 = 70;

/// Rows of a page, for its place in a large window.
const HEIGHT: u16 = 20;

/// Rows for roles and what they are for.
const ROLES: u16 = 14;

/// The product's own line.
const ABOUT: &str = "who may touch the money";

impl Entrance {
    pub(super) fn draw_page(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene) {
        let page = column(area);
        let buf = frame.buffer_mut();
        let mut top = self.draw_head(page, buf, scene);
        for line in self.intro(scene).iter().flat_map(|line| wrap(line, page.width)) {
            top = put(&line, page, top, buf, scene);
        }
        top += 1;
        let status: Vec<_> = self.status(scene).iter().flat_map(|line| wrap(line, page.width)).collect();
        let below = 2 + rows(&status).max(1) + self.button_rows(page.width, scene);
        let room = page.bottom().saturating_sub(top).saturating_sub(below);
        let (used, cursor) = self.draw_content(Rect { y: top, height: room, ..page }, buf, scene);
        top += used + 1;
        for (line, y) in status.iter().zip(top..) {
            put(line, page, y, buf, scene);
        }
        top += rows(&status).max(1) + 1;
        self.draw_buttons(Rect { y: top, height: page.bottom().saturating_sub(top), ..page }, buf, scene);
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    fn draw_head(&self, page: Rect, buf: &mut Buffer, scene: &Scene) -> u16 {
        let theme = &scene.theme;
        let name = vec![Span::styled("rolodeck", theme.accent), Span::styled(format!("  {ABOUT}"), theme.muted)];
        let top = put(&Line::from(name), page, page.y, buf, scene);
        let rule = theme.glyphs.rule.repeat(usize::from(page.width));
        let top = put(&Line::styled(rule, theme.border), page, top, buf, scene) + 1;
        if let Some(number) = self.step.number() {
            let line = Line::styled(format!("Step {number} of 5"), theme.muted).right_aligned();
            put(&line, page, top, buf, scene);
        }
        let title = Line::styled(self.step.title(scene), theme.title);
        put(&title, Rect { width: page.width.saturating_sub(12), ..page }, top, buf, scene)
    }

    fn draw_content(&mut self, area: Rect, buf: &mut Buffer, scene: &Scene) -> (u16, Option<Position>) {
        let theme = &scene.theme;
        let focus = Focus::when(scene.focus.is_here() && self.button.is_none() && self.waiting.is_none());
        match self.step {
            Step::People => {
                self.people.draw(area, buf, scene, focus);
                (list_height(&self.people.rows, area), None)
            }
            Step::Organizations => {
                self.organizations.draw(area, buf, scene, focus);
                (list_height(&self.organizations.rows, area), None)
            }
            Step::Role => {
                let area = Rect { height: area.height.min(ROLES), ..area };
                self.roles.draw(area, buf, theme, focus);
                (area.height, None)
            }
            Step::Recovery => {
                let lines = self.recovery.as_ref().map(|recovery| recovery.lines(theme)).unwrap_or_default();
                let lines: Vec<_> = lines.iter().flat_map(|line| wrap(line, area.width)).collect();
                for (line, place) in lines.iter().zip(area.rows()) {
                    draw_line(line, place, buf, theme);
                }
                (rows(&lines), None)
            }
            _ => match self.form() {
                Some(form) => {
                    let height = form.height(area.width, theme).min(area.height);
                    (height, form.draw(Rect { height, ..area }, buf, theme, focus))
                }
                None => (0, None),
            },
        }
    }

    /// What the page is about.
    fn intro(&self, scene: &Scene) -> Vec<Line<'static>> {
        let text = match self.step {
            Step::SignIn => return Vec::new(),
            Step::Verify => {
                return self.set_up.route_in_words().into_iter().map(|line| line.style(scene.theme.muted)).collect();
            }
            Step::Join => self.joining.in_words(),
            Step::People => "Choose whose eyes to look through. In a sample nobody needs a passphrase.".into(),
            Step::Organizations => "These are the other organizations on this machine. Each has its own people.".into(),
            Step::Account => "Whoever creates an organization becomes its Owner. A code goes to the address.".into(),
            Step::LogIn => "The address is yours. Log in with the passphrase that you chose.".into(),
            Step::Name => "Most often it is your company's name. The people whom you invite will read it.".into(),
            Step::Nature => match self.set_up.nature() {
                Nature::Real => FRESH.into(),
                Nature::Sample => SAMPLE.into(),
            },
            Step::Recovery => RECOVERY.into(),
            Step::Role => "You hold several roles, and one of them is active at a time. You can switch later.".into(),
            Step::Code => "The code stands in the message that invited you. Spaces and line ends do not matter.".into(),
        };
        vec![Line::styled(text, scene.theme.muted)]
    }

    /// What is going on, or went wrong.
    fn status(&self, scene: &Scene) -> Vec<Line<'static>> {
        let theme = &scene.theme;
        if let Some((_, doing)) = self.waiting {
            return vec![Line::styled(format!("{doing}{}", theme.glyphs.ellipsis), theme.accent)];
        }
        let pause = if self.step == Step::SignIn { self.sign_in.pause(scene.now) } else { None };
        let said = self.trouble.clone().or(pause);
        said.map(|text| Tone::Problem.line(Shown::new(&text).to_string(), theme)).into_iter().collect()
    }
}

/// What *Start Fresh* is.
const FRESH: &str = "Your company's own organization: you are its Owner, and everything else is yours to set up.";

/// What *Explore with a sample organization* is.
const SAMPLE: &str = "An invented company with people, roles and accounts to look around in. It is marked as a sample, \
                      and can never become a real one.";

/// Why there is a recovery code.
const RECOVERY: &str = "Should no Owner be able to sign in one day, this code is the way back. It is shown now and never \
                        again. Write it down or save it, and keep it where the organization's file is not.";

/// The column of a page.
fn column(area: Rect) -> Rect {
    let width = WIDTH.min(area.width);
    let above = area.height.saturating_sub(HEIGHT) / 3;
    Rect { x: area.x + (area.width - width) / 2, width, y: area.y + above, height: area.height - above }
}

/// Draws a line in a row of the page, and gives the next row.
fn put(line: &Line<'_>, page: Rect, y: u16, buf: &mut Buffer, scene: &Scene) -> u16 {
    let height = u16::from(y < page.bottom());
    draw_line(line, Rect { y, height, ..page }, buf, &scene.theme);
    y + 1
}

/// Rows that a list takes of an area.
fn list_height(rows: &Rows, area: Rect) -> u16 {
    u16::try_from(rows.len()).unwrap_or(u16::MAX).clamp(1, area.height.max(1))
}

fn rows(lines: &[Line<'_>]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(u16::MAX)
}
