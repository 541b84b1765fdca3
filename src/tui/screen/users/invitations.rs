//! What can be done to the invitation in focus, and to the marked ones.
use std::collections::BTreeSet;

use super::delivery;
use super::listing::Listing;
use super::pending::Pending;
use super::screen::{Awaited, Users};
use crate::command::{ResendInvitations, RevokeInvitations};
use crate::domain::id::InvitationId;
use crate::domain::refusal::Few;
use crate::engine::Request;
use crate::tui::acts::{Acts, Tone};
use crate::tui::dialog::{Confirm, offer_copies};
use crate::tui::key::{Code, Key};
use crate::tui::scene::{Ready, Scene};

/// The words that the key for filters goes through.
const FILTERS: [&str; 6] = ["expired", "pending", "waiting", "sent", "delayed", "failed"];

/// Whether there is an invitation in focus.
pub fn ready_to_read(users: &Users, scene: &Scene) -> Ready {
    Ready::when(users.invitation(scene).is_some())
}

/// Whether rows can be marked: in the list, when there are any.
pub fn ready_to_mark(users: &Users, scene: &Scene) -> Ready {
    Ready::when(users.invited.opened.is_none() && users.invitation(scene).is_some())
}

/// Whether something can be resent.
pub fn ready_to_resend(users: &Users, scene: &Scene) -> Ready {
    Ready::when(has_targets(users, scene)).and(|| users.rights.resend.clone())
}

/// Whether something can be revoked.
pub fn ready_to_revoke(users: &Users, scene: &Scene) -> Ready {
    Ready::when(has_targets(users, scene)).and(|| users.rights.revoke.clone())
}

/// Whether the message can be read: with the drop folder, once it lies there, and as long as its code opens anything.
pub fn ready_to_read_letter(users: &Users, scene: &Scene) -> Ready {
    let Some(open) = users.invitation(scene).filter(|_| delivery::is_folder(scene)) else { return Ready::Hidden };
    users.rights.resend.clone().and(|| {
        if open.is_expired(scene.now) {
            Ready::No("This invitation expired, and its code opens nothing any more. Resend it for a new one.".into())
        } else if !delivery::is_sent(scene, open.id) {
            Ready::No("The message is not in the outbox folder yet.".into())
        } else {
            Ready::Yes
        }
    })
}

/// Whether the filter can be changed by a key.
pub fn ready_to_filter(users: &Users, _: &Scene) -> Ready {
    Ready::when(users.is_invited_open() && users.invited.opened.is_none() && users.invited.len() > 0)
}

/// Marks the selected invitation, or takes its mark away, and goes on to the next one.
pub fn mark(users: &mut Users, scene: &Scene, _: &mut Acts) {
    if let Some(id) = users.invitation(scene).map(|open| open.id) {
        users.invited.mark(&[id]);
        users.invited.key(&Key::plain(Code::Down));
    }
}

/// Marks everything that the filter shows.
pub fn mark_all(users: &mut Users, _: &Scene, _: &mut Acts) {
    let shown = users.invited.shown().to_vec();
    users.invited.mark(&shown);
}

/// Marks everything expired that the filter shows.
pub fn mark_expired(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let expired = |id: &InvitationId| scene.org.invitation(*id).is_some_and(|open| open.is_expired(scene.now));
    let shown: Vec<_> = users.invited.shown().iter().copied().filter(expired).collect();
    if shown.is_empty() {
        acts.say(Tone::Note, "None of these invitations has expired.");
    }
    users.invited.mark(&shown);
}

/// Filters by the next state.
pub fn next_filter(users: &mut Users, scene: &Scene, _: &mut Acts) {
    let here = FILTERS.iter().position(|word| *word == users.invited.filter.text());
    let next = here.map_or(0, |place| place + 1);
    users.invited.filter.set(FILTERS.get(next).copied().unwrap_or_default());
    users.invited.sift(scene);
}

/// Sends new codes, at once.
pub fn resend(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let invitations = targets(users, scene);
    let done = match invitations.len() {
        1 => format!(
            "The invitation of {} goes out with a new code; the old one no longer works.",
            addresses(scene, &invitations)
        ),
        count => format!("{count} invitations go out with new codes; the old ones no longer work."),
    };
    let at = scene.outside.now();
    if let Some(ticket) = acts.run(scene, ResendInvitations { invitations, at }, done) {
        users.awaited.insert(ticket, Awaited::Resent);
    }
}

/// Asks whether.
pub fn revoke(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let invitations = targets(users, scene);
    let who = addresses(scene, &invitations);
    let (title, lines, done) = match invitations.len() {
        1 => (
            "Revoke this invitation?".to_owned(),
            vec![
                format!("The code of {who} stops working."),
                "The address is free again and can be invited later.".to_owned(),
            ],
            format!("The invitation of {who} was revoked."),
        ),
        count => (
            format!("Revoke {count} invitations?"),
            vec![
                format!("The codes of {who} stop working."),
                "The addresses are free again and can be invited later.".to_owned(),
            ],
            format!("{count} invitations were revoked."),
        ),
    };
    acts.open(Confirm::new(title, lines, "Revoke", move |scene, acts| {
        acts.run(scene, RevokeInvitations { invitations }, done);
    }));
}

/// Shows the text to hand over; that somebody looked is noted.
pub fn read_letter(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let (Some(open), Some(session)) = (users.invitation(scene), scene.session.clone()) else { return };
    let ticket = acts.ask(Request::ReadLetter { session, invitation: open.id });
    users.awaited.insert(ticket, Awaited::Letter);
}

/// Copies the address, or something else about the invitation.
pub fn copy(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    if let Some(open) = users.invitation(scene) {
        let things = vec![
            ("address", open.address.as_str().to_owned()),
            ("id", open.id.to_string()),
            ("row", Listing::<Pending>::text(scene, open.id)),
        ];
        offer_copies(acts, things);
    }
}

fn has_targets(users: &Users, scene: &Scene) -> bool {
    users.invitation(scene).is_some() || (users.is_invited_open() && !users.invited.marks().is_empty())
}

/// The invitation that is read in detail; else the marked ones; else the selected one.
fn targets(users: &Users, scene: &Scene) -> BTreeSet<InvitationId> {
    let marks = users.invited.marks();
    match users.invitation(scene) {
        Some(open) if users.invited.opened.is_some() || marks.is_empty() => BTreeSet::from([open.id]),
        _ => marks.clone(),
    }
}

fn addresses(scene: &Scene, invitations: &BTreeSet<InvitationId>) -> Few {
    invitations.iter().filter_map(|id| scene.org.invitation(*id)).map(|open| &open.address).collect()
}
