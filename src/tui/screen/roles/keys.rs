//! What can be done with roles, and when.
use super::cells::Extent;
use super::delete::delete;
use super::detail::View;
use super::rename::Rename;
use super::screen::{Part, Roles, Shape};
use super::table::row;
use crate::domain::access::{Decision, Need};
use crate::domain::permission::Permission;
use crate::domain::refusal::Refusal;
use crate::tui::acts::Acts;
use crate::tui::dialog::{offer_copies, open_used_by};
use crate::tui::key::{Code, Key};
use crate::tui::layer::Binding;
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::{RoleWizard, history_ready, open_history};

/// Whether the active role may see roles at all (decision 16 in the crate docs).
pub(super) fn sees_roles(scene: &Scene) -> Ready {
    scene.may_see(Need::organization(Permission::ROLES_READ))
}

/// Why the active role may not see roles, and who could change that; none when it may.
pub(super) fn why_unseen(scene: &Scene) -> Option<String> {
    match scene.decide(scene.person()?, Need::organization(Permission::ROLES_READ)) {
        Decision::Allow { .. } => None,
        Decision::Deny(denial) => {
            Some(format!("You may not see the roles: {denial}. {}", Refusal::denied(scene.present(), denial).hint()))
        }
    }
}

/// Whether a role can be created.
pub(super) fn create_ready(roles: &Roles, scene: &Scene) -> Ready {
    listening(roles, scene).and(|| scene.may(Need::organization(Permission::ROLES_CREATE)))
}

/// Keys are for the table or the selected role, and there is something to see.
fn listening(roles: &Roles, scene: &Scene) -> Ready {
    Ready::when(roles.part != Part::Filter && sees_roles(scene) == Ready::Yes)
}

fn selected(roles: &Roles, scene: &Scene) -> Ready {
    listening(roles, scene).and(|| Ready::when(roles.role_id().is_some()))
}

/// Whether the selected role can be changed with this permission. Owner never can.
fn changeable(roles: &Roles, scene: &Scene, permission: Permission) -> Ready {
    let changes = || match roles.role(scene) {
        Some(role) if role.is_owner() => {
            let refusal = Refusal::OwnerFixed;
            Ready::No(format!("{refusal} {}", refusal.hint()))
        }
        _ => Ready::Yes,
    };
    selected(roles, scene).and(|| scene.may(Need::organization(permission))).and(changes)
}

fn in_table(roles: &Roles, scene: &Scene) -> Ready {
    listening(roles, scene).and(|| Ready::when(roles.part == Part::Table))
}

fn in_detail(roles: &Roles, scene: &Scene) -> Ready {
    listening(roles, scene).and(|| Ready::when(roles.part == Part::Detail))
}

/// The selected role is told like this where it is told.
fn told(roles: &Roles, scene: &Scene, view: View) -> Ready {
    selected(roles, scene).and(|| Ready::when(roles.detail.view() == view))
}

/// The matrix is to be seen, with the table or instead of it.
fn matrix_shows(roles: &Roles, scene: &Scene, extent: Extent) -> Ready {
    let seen = roles.part == Part::Detail || roles.shape != Shape::OneAtATime;
    told(roles, scene, View::Matrix).and(|| Ready::when(seen && roles.detail.extent() == extent))
}

/// Tells the selected role like this, and opens it where it stands behind the table.
fn tell(roles: &mut Roles, view: View) {
    roles.detail.show(view);
    if roles.shape == Shape::OneAtATime {
        roles.part = Part::Detail;
    }
}

fn filtered(roles: &Roles) -> Ready {
    Ready::when(roles.part == Part::Filter || (roles.part == Part::Table && roles.roster.is_filtered()))
}

fn travel(roles: &mut Roles, code: Code) {
    roles.travel(&Key::plain(code));
}

fn edit(roles: &mut Roles, scene: &Scene, acts: &mut Acts) {
    if let Some(id) = roles.role_id() {
        acts.open(RoleWizard::edit(scene, id));
    }
}

fn duplicate(roles: &mut Roles, scene: &Scene, acts: &mut Acts) {
    if let Some(id) = roles.role_id() {
        roles.roster.await_new();
        acts.open(RoleWizard::duplicate(scene, id));
    }
}

fn copy(roles: &mut Roles, scene: &Scene, acts: &mut Acts) {
    let Some(role) = roles.role(scene) else { return };
    let mut things = vec![("name", role.name.as_str().to_owned()), ("id", role.id.to_string())];
    things.extend(roles.roster.selected().map(|entry| ("row", row(entry, &scene.theme).text())));
    offer_copies(acts, things);
}

/// The keys; the first ones have room in the footer of a small terminal.
pub(super) const BINDINGS: &[Binding<Roles>] = &[
    Binding {
        keys: &["enter"],
        label: "Open",
        about: "See the selected role in full",
        ready: |roles, scene| in_table(roles, scene).and(|| selected(roles, scene)),
        run: |roles, _, _| roles.part = Part::Detail,
    },
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the list",
        about: "Go to the roles that match",
        ready: |roles, _| Ready::when(roles.part == Part::Filter),
        run: |roles, _, _| roles.part = Part::Table,
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show all roles again",
        ready: |roles, _| filtered(roles),
        run: |roles, scene, _| roles.clear_filter(scene),
    },
    Binding {
        keys: &["esc"],
        label: "All roles",
        about: "Back to the table",
        ready: in_detail,
        run: |roles, _, _| roles.part = Part::Table,
    },
    Binding {
        keys: &["t"],
        label: "Matrix",
        about: "Show the selected role resource by resource",
        ready: |roles, scene| in_detail(roles, scene).and(|| told(roles, scene, View::Words)),
        run: |roles, _, _| tell(roles, View::Matrix),
    },
    Binding {
        keys: &["t"],
        label: "In words",
        about: "Show the selected role in sentences",
        ready: |roles, scene| in_detail(roles, scene).and(|| told(roles, scene, View::Matrix)),
        run: |roles, _, _| tell(roles, View::Words),
    },
    Binding {
        keys: &["o"],
        label: "All resources",
        about: "Show resources without any permission, too",
        ready: |roles, scene| matrix_shows(roles, scene, Extent::Permitted),
        run: |roles, _, _| roles.detail.show_resources(Extent::All),
    },
    Binding {
        keys: &["o"],
        label: "Permitted only",
        about: "Show only resources with a permission",
        ready: |roles, scene| matrix_shows(roles, scene, Extent::All),
        run: |roles, _, _| roles.detail.show_resources(Extent::Permitted),
    },
    Binding {
        keys: &["e"],
        label: "Edit",
        about: "Change what the selected role permits, and where",
        ready: |roles, scene| changeable(roles, scene, Permission::ROLES_UPDATE),
        run: edit,
    },
    Binding {
        keys: &["r"],
        label: "Rename",
        about: "Give the selected role another name",
        ready: |roles, scene| changeable(roles, scene, Permission::ROLES_UPDATE),
        run: |roles, scene, acts: &mut Acts| {
            if let Some(role) = roles.role(scene) {
                acts.open(Rename::new(role));
            }
        },
    },
    Binding {
        keys: &["x"],
        label: "Delete",
        about: "Delete the selected role, if nobody uses it",
        ready: |roles, scene| changeable(roles, scene, Permission::ROLES_DELETE),
        run: |roles, scene, acts| {
            if let Some(role) = roles.role(scene) {
                delete(role, scene, acts);
            }
        },
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Find roles by name, permission group or holder",
        ready: in_table,
        run: |roles, _, _| roles.part = Part::Filter,
    },
    any_day(listening),
    Binding {
        keys: &["d"],
        label: "Duplicate",
        about: "Create a new role as a copy of the selected one",
        ready: |roles, scene| selected(roles, scene).and(|| create_ready(roles, scene)),
        run: duplicate,
    },
    Binding {
        keys: &["s"],
        label: "Sort",
        about: "Sort by the next column",
        ready: in_table,
        run: |roles, scene, _| roles.roster.sort_by(roles.roster.sort().next(), scene),
    },
    Binding { keys: &["n"], label: "Create new", about: "Create a new role", ready: create_ready, run: Roles::create },
    Binding {
        keys: &["S"],
        label: "Reverse",
        about: "Sort the other way round",
        ready: in_table,
        run: |roles, scene, _| roles.roster.sort_by(roles.roster.sort().reversed(), scene),
    },
    Binding {
        keys: &["t"],
        label: "Matrix",
        about: "Show the selected role resource by resource",
        ready: |roles, scene| in_table(roles, scene).and(|| told(roles, scene, View::Words)),
        run: |roles, _, _| tell(roles, View::Matrix),
    },
    Binding {
        keys: &["t"],
        label: "In words",
        about: "Show the selected role in sentences",
        ready: |roles, scene| in_table(roles, scene).and(|| told(roles, scene, View::Matrix)),
        run: |roles, _, _| tell(roles, View::Words),
    },
    Binding {
        keys: &["u"],
        label: "Used by",
        about: "See who holds the selected role, who was invited with it, and which requests name it",
        ready: selected,
        run: |roles, _, acts: &mut Acts| {
            if let Some(id) = roles.role_id() {
                open_used_by(id, acts);
            }
        },
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the name, the id or the row of the role",
        ready: selected,
        run: copy,
    },
    Binding {
        keys: &["H"],
        label: "History",
        about: "See what was done to the selected role, in the audit trail",
        ready: |roles, scene| selected(roles, scene).and(|| history_ready(scene)),
        run: |roles, _, acts: &mut Acts| {
            if let Some(id) = roles.role_id() {
                open_history(id, acts);
            }
        },
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Move down; PgDn and End go further",
        ready: listening,
        run: |roles, _, _| travel(roles, Code::Down),
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Move up; PgUp and Home go further",
        ready: listening,
        run: |roles, _, _| travel(roles, Code::Up),
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Other part",
        about: "Go from the table to the selected role, and back",
        ready: |roles, scene| selected(roles, scene).and(|| Ready::when(roles.shape != Shape::OneAtATime)),
        run: |roles, _, _| roles.part = if roles.part == Part::Table { Part::Detail } else { Part::Table },
    },
];
