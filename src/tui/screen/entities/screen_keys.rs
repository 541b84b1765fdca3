//! The keys of the tree.
use super::keys;
use super::outline::Ignored;
use super::screen::{Entities, may_create_here};
use crate::domain::access::Need;
use crate::domain::import::Kind;
use crate::domain::permission::Permission;
use crate::tui::dialog::open_used_by;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Binding;
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::{AskImport, history_ready, import_ready, open_history};

/// Keys are for the tree.
fn listening(entities: &Entities) -> Ready {
    Ready::when(!entities.search.is_typing())
}

fn on_row(entities: &Entities) -> Ready {
    listening(entities).and(|| Ready::when(!entities.tree.is_empty()))
}

/// Whether an entity can be created, where the keyboard is or at the top.
pub(super) fn create_ready(entities: &Entities, scene: &Scene) -> Ready {
    listening(entities).and(|| {
        let here = entities.focused_entity(scene).filter(|_| !may_create_here(entities, scene));
        match here {
            Some(entity) => scene.may(Need::entity(Permission::ENTITIES_CREATE, Some(entity))),
            None if may_create_here(entities, scene) => scene.may(Need::organization(Permission::ENTITIES_CREATE)),
            None => scene.may(Need::entity(Permission::ENTITIES_CREATE, None)),
        }
    })
}

/// Whether an account can be provisioned somewhere. Where exactly is decided in the form.
pub(super) fn provision_ready(entities: &Entities, scene: &Scene) -> Ready {
    listening(entities).and(|| scene.may(Need::organization(Permission::ACCOUNTS_CREATE))).and(|| {
        if entities.outline.entities == 0 {
            Ready::No("Accounts belong to entities: create an entity first, with n.".into())
        } else {
            Ready::Yes
        }
    })
}

fn ignored_is(entities: &Entities, ignored: Ignored) -> Ready {
    listening(entities).and(|| Ready::when(entities.outline.ignored > 0 && entities.ignored == ignored))
}

fn travel(entities: &mut Entities, scene: &Scene, code: Code) {
    entities.tree.key(&Key::plain(code));
    entities.tell(scene);
}

/// The keys, those that change something first.
pub(super) const BINDINGS: &[Binding<Entities>] = &[
    Binding {
        keys: &["enter"],
        label: "Open",
        about: "See the selected entity or account in full",
        ready: |entities, _| on_row(entities),
        run: Entities::open,
    },
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the tree",
        about: "Go to what matches",
        ready: |entities, _| Ready::when(entities.search.is_typing()),
        run: |entities, _, _| entities.search.done(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show everything again",
        ready: |entities, _| Ready::when(entities.search.is_on()),
        run: |entities, scene, _| entities.clear_filter(scene),
    },
    Binding {
        keys: &["n"],
        label: "Create entity",
        about: "Create an entity, below the selected one or at the top",
        ready: create_ready,
        run: Entities::create,
    },
    Binding {
        keys: &["p"],
        label: "Provision again",
        about: "Bring the ignored account back",
        ready: |entities, scene| listening(entities).and(|| keys::again_ready(entities, scene)),
        run: keys::provision_again,
    },
    Binding {
        keys: &["p"],
        label: "Provision",
        about: "Take bank accounts and wallets into use, one after another",
        ready: provision_ready,
        run: Entities::provision,
    },
    any_day(|entities, _| listening(entities)),
    Binding {
        keys: &["r"],
        label: "Rename",
        about: "Give the selected entity or account another name",
        ready: |entities, scene| listening(entities).and(|| keys::update_ready(entities, scene)),
        run: keys::rename,
    },
    Binding {
        keys: &["v"],
        label: "Move",
        about: "Move the selected entity or account; says who will see it",
        ready: |entities, scene| listening(entities).and(|| keys::update_ready(entities, scene)),
        run: keys::begin_move,
    },
    Binding {
        keys: &["x"],
        label: "Remove",
        about: "Remove the selected entity, if it is empty",
        ready: |entities, scene| listening(entities).and(|| keys::remove_ready(entities, scene)),
        run: keys::remove,
    },
    Binding {
        keys: &["x"],
        label: "Ignore",
        about: "Hide the selected account; no role reaches it then",
        ready: |entities, scene| listening(entities).and(|| keys::ignore_ready(entities, scene)),
        run: keys::ignore,
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Find by name, currency, IBAN or identifier",
        ready: |entities, _| on_row(entities),
        run: |entities, _, _| entities.search.begin(),
    },
    Binding {
        keys: &["w"],
        label: "Who has access",
        about: "See everybody who can do something with the selected account, and by which role",
        ready: |entities, scene| listening(entities).and(|| keys::access_ready(entities, scene)),
        run: keys::access,
    },
    Binding {
        keys: &["i"],
        label: "Show ignored",
        about: "Show ignored accounts, marked as such",
        ready: |entities, _| ignored_is(entities, Ignored::Hidden),
        run: |entities, scene, _| entities.turn_ignored(scene),
    },
    Binding {
        keys: &["i"],
        label: "Hide ignored",
        about: "Hide ignored accounts again",
        ready: |entities, _| ignored_is(entities, Ignored::Shown),
        run: |entities, scene, _| entities.turn_ignored(scene),
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the IBAN or identifier, the name, the id or the row of what is selected",
        ready: |entities, scene| listening(entities).and(|| keys::copy_ready(entities, scene)),
        run: keys::copy,
    },
    Binding {
        keys: &["u"],
        label: "Used by",
        about: "See which roles reach the selected entity or account, what is in it, and which requests name it",
        ready: |entities, _| on_row(entities),
        run: |entities, _, acts| {
            if let Some(node) = entities.tree.selected() {
                open_used_by(node.used(), acts);
            }
        },
    },
    Binding {
        keys: &["H"],
        label: "History",
        about: "See what was done to the selected entity or account, in the audit trail",
        ready: |entities, scene| on_row(entities).and(|| history_ready(scene)),
        run: |entities, _, acts| {
            if let Some(node) = entities.tree.selected() {
                open_history(node.row(), acts);
            }
        },
    },
    Binding {
        keys: &["b"],
        label: "Import",
        about: "Bring in many entities and accounts from a table; every line is judged first",
        ready: |entities, scene| listening(entities).and(|| import_ready(Kind::Places, scene)),
        run: |_, _, acts| acts.open(AskImport::new(Kind::Places)),
    },
    Binding {
        keys: &["right", "l"],
        label: "Open branch",
        about: "Open the branch, or go into it",
        ready: |entities, _| on_row(entities),
        run: |entities, scene, _| travel(entities, scene, Code::Right),
    },
    Binding {
        keys: &["left", "h"],
        label: "Close branch",
        about: "Close the branch, or go out of it",
        ready: |entities, _| on_row(entities),
        run: |entities, scene, _| travel(entities, scene, Code::Left),
    },
    Binding {
        keys: &["+"],
        label: "Open all",
        about: "Open every branch",
        ready: |entities, _| on_row(entities),
        run: |entities, scene, _| {
            entities.tree.open_all();
            entities.tell(scene);
        },
    },
    Binding {
        keys: &["-"],
        label: "Close all",
        about: "Close every branch",
        ready: |entities, _| on_row(entities),
        run: |entities, scene, _| {
            entities.tree.close_all();
            entities.tell(scene);
        },
    },
];
