//! Who could approve whose requests, in words.
use ratatui::text::{Line, Span};

use super::hanging::{hanging, toned};
use crate::command::{AreaCover, Cover, Spare, doctor, permissions_of};
use crate::domain::access::Need;
use crate::domain::id::UserId;
use crate::domain::org::Org;
use crate::domain::permission::Permission;
use crate::domain::refusal::Few;
use crate::domain::security::Area;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;
use crate::tui::widget::toast::Tone;

/// The most lines for an area; the worst covered requesters come first.
const MOST: usize = 12;

/// The way out of a hole.
const WAY_OUT: &str = "The way out: somebody whose requests can still be approved asks to reactivate a person, or to \
                       give one the rights. If that cannot be, rolodeck recover switches four-eyes off with the \
                       recovery code.";

/// What one spare only means.
const ONE_ONLY: &str = "While the only one who could approve is away, such a request waits; a change about that \
                        person cannot be asked for at all.";

/// The table below the switches, or why it is not shown.
pub(super) enum Table {
    /// One part for each area.
    Areas(Vec<AreaText>),
    /// The active role may not see who is here.
    Hidden(String),
}

/// An area in words.
pub(super) struct AreaText {
    area: Area,
    in_force: bool,
    spare: Spare,
    rows: Vec<(Spare, String, String)>,
    more: usize,
}

impl Table {
    /// Looks at everybody once.
    pub(super) fn of(scene: &Scene) -> Self {
        let permission = Permission::MEMBERSHIPS_READ;
        match scene.may_see(Need::organization(permission)) {
            Ready::Yes => {
                Self::Areas(doctor(&scene.org).iter().map(|cover| AreaText::new(&scene.org, cover)).collect())
            }
            _ => Self::Hidden(format!("Not shown: your active role lacks {permission}.")),
        }
    }

    /// Its lines.
    pub(super) fn lines(&self, theme: &Theme, width: u16) -> Vec<Line<'static>> {
        let mut lines = vec![Line::styled("Who could approve", theme.heading)];
        match self {
            Self::Areas(areas) => {
                lines.extend(areas.iter().flat_map(|area| area.lines(theme, width)));
                let stands = |spare| areas.iter().any(|area| area.in_force && area.spare == spare);
                if stands(Spare::Hole) {
                    lines.extend(toned(Tone::Problem, WAY_OUT.into(), 2, width, theme));
                }
                if stands(Spare::OneOnly) {
                    lines.extend(toned(Tone::Warning, ONE_ONLY.into(), 2, width, theme));
                }
            }
            Self::Hidden(why) => lines.extend(hanging(Span::raw("  "), Span::styled(why.clone(), theme.muted), width)),
        }
        lines
    }
}

impl AreaText {
    fn new(org: &Org, cover: &AreaCover) -> Self {
        let rows = cover.covers.iter().take(MOST).map(|row| {
            let (asks, approve) = in_words(org, cover.area, row);
            (row.spare(), asks, approve)
        });
        Self {
            area: cover.area,
            in_force: cover.in_force,
            spare: cover.spare(),
            rows: rows.collect(),
            more: cover.covers.len().saturating_sub(MOST),
        }
    }

    fn lines(&self, theme: &Theme, width: u16) -> Vec<Line<'static>> {
        let (tone, word) = grade(self.spare);
        let off = if self.in_force { "" } else { ", if it were on" };
        let title = format!("  {} ", self.area.name());
        let graded = Span::styled(format!("{} {word}{off}", tone.sign(theme)), tone.style(theme));
        let mut lines = vec![Line::from(vec![Span::styled(title, theme.text), graded])];
        for (spare, asks, approve) in &self.rows {
            let (tone, style) = match spare {
                Spare::Enough => (" ", theme.text),
                spare => (grade(*spare).0.sign(theme), grade(*spare).0.style(theme)),
            };
            let lead = Span::styled(format!("  {tone} "), style);
            let text = format!("{asks} {} {approve}", theme.glyphs.arrow);
            lines.extend(hanging(lead, Span::styled(text, style), width));
        }
        if self.more > 0 {
            let text = format!("and {} more, who have at least as many.", self.more);
            lines.extend(hanging(Span::raw("    "), Span::styled(text, theme.muted), width));
        }
        lines
    }
}

/// What a spare looks like, and its word.
const fn grade(spare: Spare) -> (Tone, &'static str) {
    match spare {
        Spare::Enough => (Tone::Done, "enough"),
        Spare::OneOnly => (Tone::Warning, "one spare only"),
        Spare::Hole => (Tone::Problem, "a hole"),
    }
}

/// Who asks, and who could approve.
pub(super) fn in_words(org: &Org, area: Area, cover: &Cover) -> (String, String) {
    let mut asks = name_of(org, cover.requester);
    if cover.permissions.len() < permissions_of(area).len() {
        let asked: Few = cover.permissions.iter().collect();
        asks.push_str(&format!(" ({asked})"));
    }
    let approvers: Few = cover.approvers.iter().map(|user| name_of(org, *user)).collect();
    let approve = if approvers.total() == 1 { format!("only {approvers}") } else { approvers.to_string() };
    (asks, approve)
}

/// A person as they call themselves.
pub(super) fn name_of(org: &Org, user: UserId) -> String {
    org.user(user).map_or_else(|| "somebody who is gone".into(), |user| user.name.to_string())
}
