//! Who was invited and is waited for.
use jiff::SignedDuration;
use ratatui::text::{Line, Span};

use super::block::Block;
use super::checks::Detail;
use super::target::{Target, all, fitted};
use crate::domain::id::InvitationId;
use crate::domain::overview::Pending;
use crate::domain::refusal::Few;
use crate::domain::text::Shown;
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::relative;

/// From when on a code is about to end.
const SOON: SignedDuration = SignedDuration::from_hours(48);

/// Columns for when a code ends.
const WHEN: u16 = 21;

/// The same where there is little room.
const BRIEF: u16 = 13;

/// The width from which it is said in full.
const ROOMY: u16 = 60;

/// What can be selected where there is room for so many lines.
pub(super) fn targets(pending: &Pending, scene: &Scene, room: usize) -> Vec<Target> {
    if pending.total() <= room || room < 2 {
        return pending.in_turn(scene.now).take(room).map(Target::Invited).collect();
    }
    let shown = pending.in_turn(scene.now).take(room.saturating_sub(1)).map(Target::Invited);
    shown.chain([Target::AllInvited]).collect()
}

/// They and their heading, in so many columns and at most so many lines.
pub(super) fn block(pending: &Pending, scene: &Scene, sight: &Ready, width: u16, room: usize, detail: Detail) -> Block {
    let theme = &scene.theme;
    if let Ready::No(why) = sight {
        let mut block = Block::new("Invited", String::new(), theme);
        block.refuse(Target::AllInvited, why, width, detail, theme);
        return block;
    }
    let mut block = Block::new("Invited", summary(pending, scene), theme);
    if pending.total() == 0 {
        block.tell("Nobody is waited for. Press 1 and i to invite.", 2, width, theme.muted);
    }
    for target in targets(pending, scene, room) {
        let line = match target {
            Target::Invited(id) => told(id, scene, width),
            _ => all(format!("All {} invitations ", pending.total()), "1", theme),
        };
        block.push(target, line);
    }
    block
}

fn summary(pending: &Pending, scene: &Scene) -> String {
    let expired = pending.expired(scene.now);
    let soon = pending.expiring(scene.now, scene.now.saturating_add(SOON).unwrap_or(scene.now));
    let mut parts = vec![format!("{} pending", pending.total() - expired)];
    parts.extend((soon > 0).then(|| format!("{soon} about to expire")));
    parts.extend((expired > 0).then(|| format!("{expired} expired")));
    parts.join(", ")
}

fn told(id: InvitationId, scene: &Scene, width: u16) -> Line<'static> {
    let theme = &scene.theme;
    let Some(open) = scene.org.invitation(id) else { return Line::default() };
    let (sign, word, style) = if open.is_expired(scene.now) {
        (theme.glyphs.wrong, "expired", theme.warning)
    } else if open.expires.duration_since(scene.now) <= SOON {
        (theme.glyphs.warning, "expires", theme.warning)
    } else {
        (" ", "expires", theme.text)
    };
    let when = relative(scene.now, open.expires);
    let (room, when) = if width < ROOMY { (BRIEF, when) } else { (WHEN, format!("{word} {when}")) };
    let address = Shown::new(open.address.as_str()).pad_address(usize::from(width.saturating_sub(room + 5)));
    Line::from(vec![
        Span::styled(format!("{sign} "), style),
        Span::styled(format!("{address}  "), theme.text),
        Span::styled(fitted(&when, usize::from(room)), style),
    ])
}

/// One of them in full.
pub(super) fn in_full(id: InvitationId, scene: &Scene) -> Option<String> {
    let open = scene.org.invitation(id)?;
    let roles: Few = open.roles.iter().filter_map(|role| scene.org.role(role)).map(|role| &role.name).collect();
    let by = scene.org.user(open.invited_by).map_or_else(|| "somebody".into(), |user| user.name.to_string());
    Some(format!("{} as {roles}, invited by {by}", Shown::new(open.address.as_str()).full()))
}
