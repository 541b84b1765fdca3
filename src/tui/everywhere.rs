//! The keys that work on every screen.
use crate::tui::acts::{Act, Acts, Place};
use crate::tui::dialog::{Themes, UndoLast};
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::MyAccount;

/// The program itself, as far as keys are concerned.
pub struct Everywhere;

fn signed_in(_: &Everywhere, scene: &Scene) -> Ready {
    Ready::when(scene.session.is_some())
}

fn always(_: &Everywhere, _: &Scene) -> Ready {
    Ready::Yes
}

/// What opens one's own account.
pub const MY_ACCOUNT: &str = "My account";

/// Its bindings.
pub const BINDINGS: &[Binding<Everywhere>] = &[
    Binding {
        keys: &["0"],
        label: Place::Overview.name(),
        about: "Go to Overview",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::Overview),
    },
    Binding {
        keys: &["1"],
        label: Place::Users.name(),
        about: "Go to User management, Users",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::Users),
    },
    Binding {
        keys: &["2"],
        label: Place::Roles.name(),
        about: "Go to User management, Roles",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::Roles),
    },
    Binding {
        keys: &["3"],
        label: Place::ChangeRequests.name(),
        about: "Go to Change requests",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::ChangeRequests),
    },
    Binding {
        keys: &["4"],
        label: Place::AuditTrail.name(),
        about: "Go to the audit trail",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::AuditTrail),
    },
    Binding {
        keys: &["5"],
        label: Place::Entities.name(),
        about: "Go to Entities and accounts",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::Entities),
    },
    Binding {
        keys: &["6"],
        label: Place::Organization.name(),
        about: "Go to Organization",
        ready: signed_in,
        run: |_, _, acts| acts.go(Place::Organization),
    },
    Binding {
        keys: &["m"],
        label: MY_ACCOUNT,
        about: "Who I am, another role, passphrase, sign out",
        ready: signed_in,
        run: |_, scene, acts: &mut Acts| {
            acts.push(Act::Present(Some("My account is always that of the present.")));
            acts.open(MyAccount::new(scene));
        },
    },
    Binding {
        keys: &[":"],
        label: "Go to",
        about: "Find anybody or anything by name, or do something by its word",
        ready: signed_in,
        run: |_, _, acts| acts.push(Act::Palette),
    },
    Binding {
        keys: &["z"],
        label: "Undo",
        about: "Take your last change back; what that does is shown first",
        ready: |_, scene| Ready::when(scene.session.is_some()).and(|| scene.may_change()),
        run: |_, _, acts| acts.open(UndoLast::default()),
    },
    Binding {
        keys: &["T"],
        label: "Theme",
        about: "Choose other colours, for light, dark and colour-blind eyes among others",
        ready: always,
        run: |_, scene, acts| acts.open(Themes::new(scene)),
    },
    Binding {
        keys: &["?", "f1"],
        label: "Keys",
        about: "The keys of this screen, searchable; Enter does what the line says",
        ready: always,
        run: |_, _, acts| acts.push(Act::Help),
    },
    Binding {
        keys: &["esc"],
        label: "Back",
        about: "Go back; asks before a draft is lost",
        ready: always,
        run: |_, _, acts| acts.push(Act::Back),
    },
    Binding {
        keys: &["q", "ctrl-c"],
        label: "Quit",
        about: "End rolodeck",
        ready: always,
        run: |_, _, acts| acts.quit(),
    },
    Binding {
        keys: &["ctrl-z"],
        label: "Suspend",
        about: "Back to the shell for a while; fg returns",
        ready: always,
        run: |_, _, acts| acts.push(Act::Suspend),
    },
];
