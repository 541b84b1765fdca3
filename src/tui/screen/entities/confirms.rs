//! Questions before an entity or account goes away or comes back, with who will see what.
use super::sight::Sight;
use crate::command::{Command, IgnoreAccount, ProvisionAgain, RemoveEntity};
use crate::domain::id::EntityId;
use crate::domain::organization::Account;
use crate::domain::scope::Place;
use crate::tui::dialog::Confirm;
use crate::tui::scene::Scene;

/// Before an empty entity is removed.
pub(super) fn remove(scene: &Scene, entity: EntityId) -> Confirm {
    let name = scene.org.entity(entity).map(|entity| entity.name.to_string()).unwrap_or_default();
    let lines = vec![format!("“{name}” is empty. It will be gone; nothing else changes.")];
    let done = format!("The entity “{name}” was removed.");
    Confirm::new("Remove entity", lines, "Remove", move |scene, acts| {
        acts.run(scene, RemoveEntity { entity }, done);
    })
}

/// Before an account is ignored.
pub(super) fn ignore(scene: &Scene, account: &Account) -> Confirm {
    let command = IgnoreAccount { account: account.id };
    let mut lines =
        vec![called(account), "It will be hidden, and no role reaches it until it is provisioned again.".to_owned()];
    lines.extend(change(scene, &command.clone().into(), account));
    let done = format!("“{}” is ignored now.", account.name);
    Confirm::new("Ignore account", lines, "Ignore", move |scene, acts| {
        acts.run(scene, command, done);
    })
}

/// Before an ignored account comes back.
pub(super) fn provision_again(scene: &Scene, account: &Account) -> Confirm {
    let command = ProvisionAgain { account: account.id };
    let mut lines = vec![called(account), "It will be in use again.".to_owned()];
    lines.extend(change(scene, &command.clone().into(), account));
    let done = format!("“{}” is provisioned again.", account.name);
    Confirm::new("Provision account again", lines, "Provision again", move |scene, acts| {
        acts.run(scene, command, done);
    })
}

fn called(account: &Account) -> String {
    format!("“{}”, {}, {}", account.name, account.currency, account.identifier)
}

/// Who sees the account after the command, or why the command is not possible.
fn change(scene: &Scene, command: &Command, account: &Account) -> Vec<String> {
    let change = Sight::of(scene).after(&scene.org, command, Place::Account(account.id));
    change.unwrap_or_else(|refusal| vec![format!("{refusal} {}", refusal.hint())])
}
