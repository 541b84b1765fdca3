//! The rows of *Invited*: people who were invited and have not signed up yet.
use std::collections::BTreeSet;

use ratatui::text::{Line, Span};

use super::columns::Spec;
use super::delivery;
use super::filter::{Word, plain};
use super::listing::{Kind, Touched};
use super::people::role_names;
use super::sort_key::SortKey;
use crate::domain::id::InvitationId;
use crate::domain::org::Org;
use crate::domain::row::Difference;
use crate::domain::text::Shown;
use crate::domain::user::Invitation;
use crate::tui::scene::Scene;
use crate::tui::when::{day, relative};
use crate::tui::widget::table::Row;

/// Open invitations.
pub struct Pending;

const ADDRESS: usize = 0;
const ROLES: usize = 1;
const INVITED_BY: usize = 2;
const SINCE: usize = 3;
/// Until when the code works.
pub const EXPIRES: usize = 4;
const MESSAGE: usize = 5;
const STATE: usize = 6;

/// The width from which every fact has a column of its own.
const ROOMY: u16 = 74;

impl Kind for Pending {
    type Id = InvitationId;

    const SPECS: &'static [Spec] = &[
        Spec { title: "Address", min: 28, share: 3, rank: 0 },
        Spec { title: "Roles", min: 14, share: 2, rank: 2 },
        Spec { title: "Invited by", min: 14, share: 2, rank: 3 },
        Spec { title: "Since", min: 10, share: 0, rank: 4 },
        Spec { title: "Expires", min: 19, share: 0, rank: 0 },
        Spec { title: "Message", min: 9, share: 0, rank: 1 },
        Spec { title: "State", min: 19, share: 0, rank: 0 },
    ];

    const SORTABLE: &'static [usize] = &[ADDRESS, ROLES, INVITED_BY, SINCE, EXPIRES, MESSAGE];

    fn layout(width: u16) -> &'static [usize] {
        if width < ROOMY { &[ADDRESS, STATE] } else { &[ADDRESS, ROLES, INVITED_BY, SINCE, EXPIRES, MESSAGE] }
    }

    fn sorts_as(column: usize) -> usize {
        if column == STATE { EXPIRES } else { column }
    }

    fn all(scene: &Scene, column: usize) -> impl Iterator<Item = (SortKey, InvitationId)> {
        scene.org.invitations().keys().map(move |id| (Self::key(scene, *id, column), *id))
    }

    fn is_listed(org: &Org, id: InvitationId) -> bool {
        org.invitation(id).is_some()
    }

    fn is_hidden(_: &Org, _: InvitationId, _: &[Word]) -> bool {
        false
    }

    fn hidden(_: &Org) -> BTreeSet<InvitationId> {
        BTreeSet::new()
    }

    fn touched(difference: &Difference, column: usize) -> Touched<InvitationId> {
        let others = match column {
            ROLES => difference.roles().next().is_some(),
            INVITED_BY => difference.users().next().is_some(),
            MESSAGE => true,
            _ => false,
        };
        if others {
            return Touched::Any;
        }
        let open = difference.invitations().filter_map(|(before, after)| after.or(before));
        Touched::These(open.map(|open| open.id).collect())
    }

    fn key(scene: &Scene, id: InvitationId, column: usize) -> SortKey {
        let Some(open) = scene.org.invitation(id) else { return SortKey::default() };
        let address = plain(open.address.as_str());
        match column {
            ROLES => SortKey::new(0, &plain(&role_names(&scene.org, &open.roles)), &address),
            INVITED_BY => SortKey::new(0, &plain(inviter(&scene.org, open)), &address),
            SINCE => SortKey::new(open.invited.as_millisecond(), "", &address),
            EXPIRES | STATE => SortKey::new(open.expires.as_millisecond(), "", &address),
            MESSAGE => SortKey::new(0, delivery::word(scene, id), &address),
            _ => SortKey::new(0, "", &address),
        }
    }

    fn contains(scene: &Scene, id: InvitationId, word: &Word) -> bool {
        let Some(open) = scene.org.invitation(id) else { return false };
        let by = scene.org.user(open.invited_by);
        word.is_in(open.address.as_str())
            || open.name.as_ref().is_some_and(|name| word.is_in(name.as_str()))
            || by.is_some_and(|by| word.is_in(by.name.as_str()) || word.is_in(by.address.as_str()))
            || open.roles.iter().any(|role| word.names(role))
            || word.begins(&[standing(scene, open), delivery::word(scene, id)])
    }

    fn straw(_: &Scene, _: InvitationId) -> Option<(Vec<String>, u8)> {
        // What they say of their messages and of their time changes without any change of the organization.
        None
    }

    fn hidden_states(_: &[Word]) -> &'static [u8] {
        &[]
    }

    fn states(_: &Word) -> Vec<u8> {
        Vec::new()
    }

    fn row(scene: &Scene, id: InvitationId, columns: impl Iterator<Item = (usize, usize)>) -> Row<'static> {
        let Some(open) = scene.org.invitation(id) else { return Row::default() };
        let cell = |(column, width): (usize, usize)| -> Line<'static> {
            match column {
                ADDRESS => Shown::new(open.address.as_str()).cut_address(width).into_owned().into(),
                ROLES => Shown::new(&role_names(&scene.org, &open.roles)).cut(width).into_owned().into(),
                INVITED_BY => Shown::new(inviter(&scene.org, open)).cut(width).into_owned().into(),
                SINCE => day(open.invited, &scene.zone).into(),
                MESSAGE => delivery::cell(scene, id).into(),
                STATE => state(scene, open).into(),
                _ => expiry(scene, open).into(),
            }
        };
        Row::new(columns.map(cell)).style(scene.theme.text)
    }
}

/// `in 5 days` or `expired 2 days ago`.
pub fn expiry(scene: &Scene, open: &Invitation) -> Span<'static> {
    let when = relative(scene.now, open.expires);
    if open.is_expired(scene.now) {
        Span::styled(format!("expired {when}"), scene.theme.warning)
    } else {
        Span::raw(when)
    }
}

/// What matters most: that it expired, else that its message is not out, else until when the code works.
fn state(scene: &Scene, open: &Invitation) -> Span<'static> {
    if open.is_expired(scene.now) {
        expiry(scene, open)
    } else if delivery::is_sent(scene, open.id) || scene.past.is_some() {
        Span::raw(format!("expires {}", relative(scene.now, open.expires)))
    } else {
        delivery::cell(scene, open.id)
    }
}

/// Whether the code still works, in a word.
fn standing(scene: &Scene, open: &Invitation) -> &'static str {
    if open.is_expired(scene.now) { "expired" } else { "pending" }
}

/// The name of who invited, as typed.
fn inviter<'o>(org: &'o Org, open: &Invitation) -> &'o str {
    org.user(open.invited_by).map_or("", |user| user.name.as_str())
}
