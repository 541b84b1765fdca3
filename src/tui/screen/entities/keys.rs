//! What can be done with the chosen entity or account, and when.
use super::access::{WhoHasAccess, may_see_access};
use super::ask_rename::Rename;
use super::confirms;
use super::movement::Movement;
use super::node::{Node, is_ignored};
use super::sight::tried;
use crate::command::{Command, RemoveEntity};
use crate::domain::access::Need;
use crate::domain::organization::Account;
use crate::domain::permission::Permission;
use crate::tui::acts::Acts;
use crate::tui::dialog::offer_copies;
use crate::tui::scene::{Ready, Scene};
use crate::tui::widget::table::Row;

/// A screen on which one entity or account is chosen.
pub(super) trait Chosen {
    /// Which.
    fn node(&self) -> Option<Node>;

    /// Why it cannot be removed, whoever asks; worked out once with [`obstacle`].
    fn obstacle(&self) -> Option<&str>;
}

/// Why an entity cannot be removed now: it is not empty, or a role's scope names it.
pub(super) fn obstacle(scene: &Scene, node: Node) -> Option<String> {
    let Node::Entity(entity) = node else { return None };
    let refusal = tried(&scene.org, &Command::from(RemoveEntity { entity })).err()?;
    Some(format!("{refusal} {}", refusal.hint()))
}

fn account<'a>(screen: &impl Chosen, scene: &'a Scene) -> Option<&'a Account> {
    match screen.node()? {
        Node::Account(id) => scene.org.account(id),
        Node::Entity(_) => None,
    }
}

/// Renaming and moving need the same.
pub(super) fn update_ready(screen: &impl Chosen, scene: &Scene) -> Ready {
    match screen.node().filter(|node| node.exists(&scene.org)) {
        None => Ready::Hidden,
        Some(Node::Entity(id)) => scene.may(Need::entity(Permission::ENTITIES_UPDATE, Some(id))),
        Some(Node::Account(id)) => scene.may(Need::account(Permission::ACCOUNTS_UPDATE, id)),
    }
}

pub(super) fn rename(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    if let Some(node) = screen.node() {
        acts.open(Rename::new(node, scene));
    }
}

pub(super) fn begin_move(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    if let Some(node) = screen.node() {
        acts.open(Movement::new(node, scene));
    }
}

pub(super) fn remove_ready(screen: &impl Chosen, scene: &Scene) -> Ready {
    match screen.node().filter(|node| node.exists(&scene.org)) {
        Some(Node::Entity(id)) => scene
            .may(Need::entity(Permission::ENTITIES_DELETE, Some(id)))
            .and(|| screen.obstacle().map_or(Ready::Yes, |why| Ready::No(why.to_owned()))),
        _ => Ready::Hidden,
    }
}

pub(super) fn remove(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    if let Some(Node::Entity(id)) = screen.node() {
        acts.open(confirms::remove(scene, id));
    }
}

/// Ignoring and provisioning again need the same.
fn provisioning_ready(account: Option<&Account>, scene: &Scene) -> Ready {
    account.map_or(Ready::Hidden, |account| scene.may(Need::account(Permission::ACCOUNTS_CREATE, account.id)))
}

pub(super) fn ignore_ready(screen: &impl Chosen, scene: &Scene) -> Ready {
    provisioning_ready(account(screen, scene).filter(|account| !is_ignored(account)), scene)
}

pub(super) fn ignore(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    if let Some(account) = account(screen, scene) {
        acts.open(confirms::ignore(scene, account));
    }
}

pub(super) fn again_ready(screen: &impl Chosen, scene: &Scene) -> Ready {
    provisioning_ready(account(screen, scene).filter(|account| is_ignored(account)), scene)
}

pub(super) fn provision_again(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    if let Some(account) = account(screen, scene) {
        acts.open(confirms::provision_again(scene, account));
    }
}

pub(super) fn copy_ready(screen: &impl Chosen, scene: &Scene) -> Ready {
    Ready::when(screen.node().is_some_and(|node| node.exists(&scene.org)))
}

/// Copies the identifier, or something else about the entity or account.
pub(super) fn copy(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    let entity = |id| scene.org.entity(id).map(|entity| entity.name.as_str().to_owned()).unwrap_or_default();
    let things = match screen.node() {
        Some(Node::Entity(id)) => vec![("name", entity(id)), ("id", id.to_string())],
        Some(Node::Account(id)) => scene.org.account(id).map_or_else(Vec::new, |account| {
            let (name, number) = (account.name.as_str().to_owned(), account.identifier.as_str().to_owned());
            let row = [entity(account.entity), name.clone(), account.currency.code().to_owned(), number.clone()];
            vec![("identifier", number), ("name", name), ("id", id.to_string()), ("row", Row::new(row).text())]
        }),
        None => Vec::new(),
    };
    offer_copies(acts, things);
}

pub(super) fn access_ready(screen: &impl Chosen, scene: &Scene) -> Ready {
    Ready::when(account(screen, scene).is_some()).and(|| may_see_access(scene))
}

pub(super) fn access(screen: &mut impl Chosen, scene: &Scene, acts: &mut Acts) {
    if let Some(account) = account(screen, scene) {
        acts.open(WhoHasAccess::new(account.id));
    }
}
