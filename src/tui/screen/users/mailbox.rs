//! Users with one mailbox: one person, or declared to be two.
use super::screen::Users;
use crate::command::{People, TellApart};
use crate::domain::identity::{mailbox, same_person};
use crate::domain::user::{User, UserStatus};
use crate::tui::acts::{Acts, Tone};
use crate::tui::dialog::Confirm;
use crate::tui::scene::Scene;

/// Asks whether, about the first other user with this mailbox.
pub fn tell_apart(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let Some(user) = users.user(scene) else { return };
    let key = mailbox(user);
    let shares = |other: &&User| other.id != user.id && other.status != UserStatus::Removed && mailbox(other) == key;
    let mut others: Vec<&User> = scene.org.users().values().map(AsRef::as_ref).filter(shares).collect();
    // Whoever still counts as the same person comes first.
    others.sort_by_key(|other| (!same_person(&scene.org, user.id, other.id), other.id));
    let Some(other) = others.first() else {
        acts.say(Tone::Note, format!("Nobody else has the mailbox of {}.", user.name));
        return;
    };
    let (one, other_id) = (user.id, other.id);
    let names = format!("{} ({}) and {} ({})", user.name, user.address, other.name, other.address);
    let same = same_person(&scene.org, one, other_id);
    let (people, title, label, lines) = if same {
        let lines = vec![
            format!("{names} have one mailbox and count as one person: neither can approve what the other asks for."),
            "As two people they can. Neither of them may declare this alone.".to_owned(),
        ];
        (People::Two, "Two people?", "Two people", lines)
    } else {
        let lines = vec![format!("{names} would count as one person again: neither can approve for the other.")];
        (People::One, "One person?", "One person", lines)
    };
    acts.open(Confirm::new(title.to_owned(), lines, label, move |scene, acts| {
        let done = match people {
            People::Two => "They count as two people now.",
            People::One => "They count as one person now.",
        };
        acts.run(scene, TellApart { one, other: other_id, people }, done);
    }));
}
