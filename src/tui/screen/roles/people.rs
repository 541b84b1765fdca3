//! Who holds a role and who was invited with it, as far as the active role may see that.
use crate::tui::when::Times;

use crate::domain::access::Need;
use crate::domain::id::RoleId;
use crate::domain::permission::Permission;
use crate::domain::text::Shown;
use crate::domain::user::{Invitation, User};
use crate::domain::words::people_of;
use crate::tui::scene::{Ready, Scene};
use crate::tui::when::date;
use crate::tui::widget::line::columns;

/// The most people that are listed one by one.
const LISTED: usize = 100;

/// Somebody who holds a role or was invited with it.
pub(super) struct Person {
    /// Who; empty when the inviter gave no name.
    pub name: String,
    /// Where mail reaches them, as stored.
    pub address: String,
    /// What else there is to know, or nothing.
    pub remark: String,
}

/// Some people, or why they are not shown.
pub(super) enum Listed {
    /// The first of them, and how many there are beside these.
    Shown(Vec<Person>, usize),
    /// The active role may not see them.
    Hidden(Permission),
}

impl Person {
    fn of_user(user: &User, remark: &str) -> Self {
        Self { name: user.name.to_string(), address: user.address.as_str().to_owned(), remark: remark.to_owned() }
    }

    fn of_invitation(open: &Invitation, zone: &Times) -> Self {
        let name = open.name.as_ref().map(ToString::to_string).unwrap_or_default();
        Self { name, address: open.address.as_str().to_owned(), remark: format!("until {}", date(open.expires, zone)) }
    }

    /// The person in one line if there is room for it, else the address on a line of its own.
    pub fn lines(&self, width: usize) -> Vec<String> {
        let whole = |parts: [&str; 3]| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let address = Shown::new(&self.address);
        let line = whole([&self.name, &address.full().text(), &self.remark]);
        if columns(&line) <= width {
            return vec![line];
        }
        let address = address.cut_address(width).into_owned();
        let rest = whole([&self.name, &self.remark, ""]);
        match (self.name.is_empty(), rest.is_empty()) {
            (_, true) => vec![address],
            (true, false) => vec![address, rest],
            (false, false) => vec![rest, address],
        }
    }
}

/// The users who hold a role: by name, deactivated ones last.
pub(super) fn holders(scene: &Scene, role: RoleId) -> Listed {
    listed(scene, Permission::MEMBERSHIPS_READ, || {
        let people = people_of(&scene.org, role);
        let active = people.active.iter().map(|user| Person::of_user(user, ""));
        let deactivated = people.deactivated.iter().map(|user| Person::of_user(user, "deactivated"));
        shortened(active.chain(deactivated), people.active.len() + people.deactivated.len())
    })
}

/// The open invitations that would give a role: by address.
pub(super) fn invited(scene: &Scene, role: RoleId) -> Listed {
    listed(scene, Permission::INVITATIONS_READ, || {
        let people = people_of(&scene.org, role);
        shortened(people.invited.iter().map(|open| Person::of_invitation(open, &scene.zone)), people.invited.len())
    })
}

fn listed(scene: &Scene, permission: Permission, people: impl FnOnce() -> (Vec<Person>, usize)) -> Listed {
    if scene.may_see(Need::organization(permission)) != Ready::Yes {
        return Listed::Hidden(permission);
    }
    let (people, more) = people();
    Listed::Shown(people, more)
}

fn shortened(people: impl Iterator<Item = Person>, total: usize) -> (Vec<Person>, usize) {
    (people.take(LISTED).collect(), total.saturating_sub(LISTED))
}
