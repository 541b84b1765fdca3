//! How far the message of an invitation has come, in words.
use ratatui::text::Span;

use crate::domain::id::InvitationId;
use crate::domain::text::Shown;
use crate::ledger::store::{Delivery, DeliveryState};
use crate::mail::Route;
use crate::tui::scene::Scene;
use crate::tui::when::{both, relative};

/// One word.
pub fn word(scene: &Scene, id: InvitationId) -> &'static str {
    match of(scene, id) {
        None if scene.past.is_some() => "",
        None => "unknown",
        Some(delivery) => match delivery.state {
            DeliveryState::Waiting if delivery.tries == 0 => "waiting",
            DeliveryState::Waiting => "delayed",
            DeliveryState::Sent => "sent",
            DeliveryState::Failed => "failed",
        },
    }
}

/// The word as it stands in a table.
pub fn cell(scene: &Scene, id: InvitationId) -> Span<'static> {
    let word = word(scene, id);
    let style = match word {
        "failed" => scene.theme.danger,
        "delayed" => scene.theme.warning,
        _ => scene.theme.muted,
    };
    Span::styled(word, style)
}

/// The whole story, in sentences.
pub fn sentences(scene: &Scene, id: InvitationId) -> Vec<String> {
    let Some(delivery) = of(scene, id) else {
        let told = if scene.past.is_some() { "How far it had come is not kept." } else { "Nothing is known about it." };
        return vec![told.to_owned()];
    };
    let error = || delivery.last_error.as_deref().map(|error| Shown::new(error).to_string()).unwrap_or_default();
    match delivery.state {
        DeliveryState::Waiting if delivery.tries == 0 => vec![format!("Waiting to go to {}.", route(scene))],
        DeliveryState::Waiting => vec![
            format!("Delayed: {}", error()),
            format!("Tried {}; the next try is {}.", times(delivery.tries), next(scene, delivery)),
        ],
        DeliveryState::Sent => vec![
            format!("Sent {}.", both(scene.now, delivery.written, &scene.zone)),
            if is_folder(scene) {
                format!("Messages go into {}: hand it over.", route(scene))
            } else {
                format!("Messages go to {}.", route(scene))
            },
        ],
        DeliveryState::Failed => vec![
            format!("Failed {}: {}", relative(scene.now, delivery.written), error()),
            "It is not tried again until the invitation is resent.".to_owned(),
        ],
    }
}

/// Whether the message lies where it can be read.
pub fn is_folder(scene: &Scene) -> bool {
    scene.view.as_ref().is_some_and(|view| matches!(view.route, Route::Folder(_)))
}

/// Whether the message was handed over.
pub fn is_sent(scene: &Scene, id: InvitationId) -> bool {
    of(scene, id).is_some_and(|delivery| delivery.state == DeliveryState::Sent)
}

fn of(scene: &Scene, id: InvitationId) -> Option<&Delivery> {
    scene.view.as_ref().filter(|_| scene.past.is_none())?.deliveries.get(&id)
}

fn route(scene: &Scene) -> String {
    scene.view.as_ref().map(|view| view.route.to_string()).unwrap_or_default()
}

fn next(scene: &Scene, delivery: &Delivery) -> String {
    if delivery.next_try <= scene.now { "due".to_owned() } else { relative(scene.now, delivery.next_try) }
}

fn times(tries: u32) -> String {
    match tries {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        tries => format!("{tries} times"),
    }
}
