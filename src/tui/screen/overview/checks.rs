//! The checklist in lines.
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::block::Block;
use super::target::{Target, fitted, keys};
use crate::command::fewest_approvers;
use crate::domain::access::Need;
use crate::domain::overview::{Advice, Check, Item, Kept, Known, Standing, Tally, checklist};
use crate::domain::permission::Permission;
use crate::engine::checkpoint::Checkpoints;
use crate::tui::scene::{Ready, Scene};
use crate::tui::theme::Theme;

/// So many people are looked for who could approve: more are enough.
const ENOUGH: usize = 3;

/// Columns of the titles.
const TITLE: usize = 27;

/// How much is said of each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// The title alone.
    Title,
    /// Why it stands as it does, too, where something is to be done.
    Open,
    /// Why each stands as it does, too.
    Why,
}

/// A line of the checklist, or why it is not shown.
pub(super) struct Checked {
    pub item: Item,
    /// What is in the way of seeing how it stands.
    pub hidden: Option<String>,
}

/// Every line of what is shown. Looks at everybody at most once.
pub(super) fn checked(scene: &Scene, tally: &Tally) -> Vec<Checked> {
    let approvers = fewest_approvers(&scene.org, ENOUGH);
    let known = Known { tally, approvers: &approvers, kept: &kept(scene) };
    let lines = checklist(&scene.org, known).into_iter().map(|item| {
        let hidden = match seen_with(item.check).map(|permission| scene.may_see(Need::organization(permission))) {
            Some(Ready::No(why)) => Some(why),
            _ => None,
        };
        Checked { item, hidden }
    });
    lines.collect()
}

/// What it takes to see how a line stands; the organization's own settings are shown to everybody in it.
const fn seen_with(check: Check) -> Option<Permission> {
    match check {
        Check::EverydayRole | Check::Approvers => Some(Permission::MEMBERSHIPS_READ),
        Check::LeastPrivilege => Some(Permission::ROLES_READ),
        Check::MailDomains | Check::FourEyes | Check::RecoveryCode | Check::Checkpoints => None,
    }
}

fn kept(scene: &Scene) -> Kept {
    let Some(view) = scene.view.as_ref().filter(|_| scene.past.is_none()) else { return Kept::Unasked };
    match &view.checkpoints {
        Checkpoints::Sample => Kept::Unasked,
        Checkpoints::Off => Kept::Nowhere,
        Checkpoints::On { trouble: Some(trouble), .. } => Kept::Trouble(trouble.clone()),
        Checkpoints::On { newest: Some(newest), .. } => Kept::UpTo(newest.seq),
        Checkpoints::On { .. } => Kept::NoneYet,
    }
}

/// The checklist and its heading.
pub(super) fn block(lines: &[Checked], scene: &Scene, width: u16, detail: Detail) -> Block {
    let theme = &scene.theme;
    let seen = || lines.iter().filter(|line| line.hidden.is_none());
    let done = seen().filter(|line| line.item.standing == Standing::Done).count();
    let mut block = Block::new("Ready for real money?", format!("{done} of {} done", seen().count()), theme);
    for (n, Checked { item, hidden }) in lines.iter().enumerate() {
        let (sign, word, style) = match (hidden, item.standing) {
            (Some(_), _) => (theme.glyphs.not_available, "hidden", theme.muted),
            (None, Standing::Done) => (theme.glyphs.ok, "done", theme.ok),
            (None, Standing::Open) => (theme.glyphs.unchosen, "open", theme.warning),
        };
        let line = titled((sign, word, style), item.check.title(), keys(&item.goal), theme);
        block.push(Target::Check(item.check), line);
        let told = match detail {
            Detail::Title => false,
            Detail::Open => hidden.is_some() || item.standing == Standing::Open,
            Detail::Why => true,
        };
        // What several lines lack is said once.
        let again = hidden.is_some() && lines.iter().take(n).any(|line| line.hidden == *hidden);
        if told && !again {
            block.tell(hidden.as_ref().unwrap_or(&item.why), 10, width.saturating_sub(1), theme.muted);
        }
    }
    for advice in Advice::ALL {
        let key = match advice {
            Advice::Offboarding => "1 d",
            Advice::Phishing => "",
        };
        let line = titled((theme.glyphs.bullet, "always", theme.muted), advice.title(), key, theme);
        block.push(Target::Advice(advice), line);
        if detail != Detail::Title {
            block.tell(advice.sentence(), 10, width.saturating_sub(1), theme.muted);
        }
    }
    block
}

fn titled(
    (sign, word, style): (&'static str, &'static str, Style),
    title: &str,
    key: &'static str,
    theme: &Theme,
) -> Line<'static> {
    Line::from(vec![
        Span::styled(format!("{sign} {word:<6} "), style),
        Span::styled(fitted(title, TITLE), theme.text),
        Span::styled(format!(" {key}"), theme.key),
    ])
}
