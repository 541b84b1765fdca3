//! What can be done to the user in focus.
use super::listing::Listing;
use super::people::{FILTERS, People};
use super::role_choice::{Deed, RoleChoice};
use super::screen::Users;
use crate::command::{DeactivateUser, ErasePerson, ReactivateUser, RemoveUser};
use crate::domain::refusal::Few;
use crate::domain::user::{User, UserStatus};
use crate::tui::acts::Acts;
use crate::tui::dialog::{Confirm, offer_copies};
use crate::tui::scene::{Ready, Scene};

/// Whether there is a user in focus who can be copied or read.
pub fn ready_to_read(users: &Users, scene: &Scene) -> Ready {
    Ready::when(users.user(scene).is_some())
}

/// Whether roles can be assigned.
pub fn ready_to_assign(users: &Users, scene: &Scene) -> Ready {
    let Some(user) = member(users, scene) else { return Ready::Hidden };
    users.rights.update.clone().and(|| match Deed::Assign.roles(&scene.org, user).as_slice() {
        [] => Ready::No(format!("{} holds every role that there is.", user.name)),
        _ => Ready::Yes,
    })
}

/// Whether roles can be taken away.
pub fn ready_to_take_away(users: &Users, scene: &Scene) -> Ready {
    let Some(user) = member(users, scene) else { return Ready::Hidden };
    users.rights.update.clone().and(|| match user.roles.len() {
        0 | 1 => Ready::No(format!(
            "{} holds one role only, and a user keeps at least one. Assign another one first, or deactivate the user.",
            user.name
        )),
        _ => Ready::Yes,
    })
}

/// Whether the user can be deactivated.
pub fn ready_to_deactivate(users: &Users, scene: &Scene) -> Ready {
    let active = users.user(scene).is_some_and(User::is_active);
    Ready::when(active).and(|| users.rights.update.clone())
}

/// Whether the user can be reactivated.
pub fn ready_to_reactivate(users: &Users, scene: &Scene) -> Ready {
    let deactivated = member(users, scene).is_some_and(|user| !user.is_active());
    Ready::when(deactivated).and(|| users.rights.update.clone())
}

/// Whether the user can be removed.
pub fn ready_to_remove(users: &Users, scene: &Scene) -> Ready {
    Ready::when(member(users, scene).is_some()).and(|| users.rights.remove.clone())
}

/// Whether the person can be blanked.
pub fn ready_to_erase(users: &Users, scene: &Scene) -> Ready {
    let removed = users.user(scene).filter(|user| user.status == UserStatus::Removed);
    let Some(user) = removed else { return Ready::Hidden };
    users.rights.remove.clone().and(|| match user.is_erased() {
        true => Ready::No("The name and the address of this person were blanked already.".to_owned()),
        false => Ready::Yes,
    })
}

/// The user in focus who was not removed.
pub fn member<'s>(users: &Users, scene: &'s Scene) -> Option<&'s User> {
    users.user(scene).filter(|user| user.status != UserStatus::Removed)
}

/// Asks which roles.
pub fn assign(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    if let Some(user) = users.user(scene) {
        acts.open(RoleChoice::new(user.id, Deed::Assign));
    }
}

/// Asks which roles.
pub fn take_away(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    if let Some(user) = users.user(scene) {
        acts.open(RoleChoice::new(user.id, Deed::TakeAway));
    }
}

/// Asks whether.
pub fn deactivate(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let Some(user) = users.user(scene) else { return };
    let (id, name) = (user.id, user.name.to_string());
    let mut lines = vec![
        format!("{name} can no longer sign in, and is signed out wherever they are."),
        "Roles and address stay, so reactivating brings everything back.".to_owned(),
    ];
    lines.extend(about_oneself(user, scene));
    acts.open(Confirm::new(format!("Deactivate {name}?"), lines, "Deactivate", move |scene, acts| {
        let Some(by) = scene.person().map(|person| person.user) else { return };
        let deactivate = DeactivateUser { user: id, by, at: scene.outside.now() };
        acts.run(scene, deactivate, format!("{name} was deactivated."));
    }));
}

/// Asks whether.
pub fn reactivate(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let Some(user) = users.user(scene) else { return };
    let (id, name) = (user.id, user.name.to_string());
    let roles: Few = user.roles.iter().filter_map(|id| scene.org.role(id)).map(|role| &role.name).collect();
    let lines = vec![format!("{name} can sign in again, with the same passphrase."), format!("Roles: {roles}.")];
    acts.open(Confirm::new(format!("Reactivate {name}?"), lines, "Reactivate", move |scene, acts| {
        acts.run(scene, ReactivateUser { user: id }, format!("{name} was reactivated."));
    }));
}

/// Asks for the name.
pub fn remove(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let Some(user) = users.user(scene) else { return };
    let (id, name, typed) = (user.id, user.name.to_string(), user.name.as_str().to_owned());
    let mut lines = vec![
        format!("{name} loses every role and can never sign in again. This cannot be undone."),
        format!("The history keeps the name until you erase it; {} can be invited again.", user.address),
    ];
    lines.extend(about_oneself(user, scene));
    let confirm = Confirm::new(format!("Remove {name}?"), lines, "Remove", move |scene, acts| {
        acts.run(scene, RemoveUser { user: id }, format!("{name} was removed."));
    });
    acts.open(confirm.typing(typed));
}

/// Asks for the name.
pub fn erase(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    let Some(user) = users.user(scene) else { return };
    let (id, name, typed) = (user.id, user.name.to_string(), user.name.as_str().to_owned());
    let lines = vec![
        "Name and address are blanked everywhere: in the list, in change requests and in every entry of the audit \
         trail. Entries, ids, roles and times stay, and the trail still verifies. This cannot be undone."
            .to_owned(),
        "Messages to this person are deleted from the drop folder where that is possible.".to_owned(),
        "Out of reach are backups, exports, mail that left, and what roles, entities and accounts are called; \
         checkpoints hold no names."
            .to_owned(),
    ];
    let confirm = Confirm::new(format!("Erase {name}?"), lines, "Erase", move |scene, acts| {
        let Some(by) = scene.person().map(|person| person.user) else { return };
        let erase = ErasePerson { user: id, by, at: scene.outside.now() };
        acts.run(scene, erase, "Name and address were blanked everywhere.");
    });
    acts.open(confirm.typing(typed));
}

/// Whether another filter can be chosen.
pub fn ready_to_filter(users: &Users, _: &Scene) -> Ready {
    Ready::when(!users.is_invited_open() && !users.is_reading() && users.all.len() > 0)
}

/// Shows only users in the next state.
pub fn next_filter(users: &mut Users, scene: &Scene, _: &mut Acts) {
    let here = FILTERS.iter().position(|word| *word == users.all.filter.text());
    let next = here.map_or(0, |place| place + 1);
    users.all.filter.set(FILTERS.get(next).copied().unwrap_or_default());
    users.all.sift(scene);
}

/// Copies the address, or something else about the user.
pub fn copy(users: &mut Users, scene: &Scene, acts: &mut Acts) {
    if let Some(user) = users.user(scene) {
        let things = vec![
            ("address", user.address.as_str().to_owned()),
            ("name", user.name.as_str().to_owned()),
            ("id", user.id.to_string()),
            ("row", Listing::<People>::text(scene, user.id)),
        ];
        offer_copies(acts, things);
    }
}

fn about_oneself(user: &User, scene: &Scene) -> Option<String> {
    let oneself = scene.person().is_some_and(|person| person.user == user.id);
    oneself.then(|| "This is you: you will be signed out at once.".to_owned())
}
