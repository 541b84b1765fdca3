//! The wizard's keys.
use super::draft::{Purpose, Reach, Setup, Step};
use super::filter::Filter;
use super::summary::At;
use super::wizard::RoleWizard;
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::tui::key::Code;
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};

fn advanced(wizard: &RoleWizard, _: &Scene) -> Ready {
    Ready::when(wizard.draft.step() == Step::Permissions && wizard.draft.setup() == Setup::Advanced)
}

fn simple(wizard: &RoleWizard, _: &Scene) -> Ready {
    Ready::when(wizard.draft.step() == Step::Permissions && wizard.draft.setup() == Setup::Simple)
}

fn on_a_row(wizard: &RoleWizard, scene: &Scene) -> Ready {
    Ready::when(!typing(wizard)).and(|| advanced(wizard, scene)).and(|| match wizard.advanced.focused() {
        Some(_) => Ready::Yes,
        None => Ready::No("No resource is shown. Clear the filter first.".into()),
    })
}

/// Letters are letters while a filter is typed.
fn typing(wizard: &RoleWizard) -> bool {
    wizard.filter().is_some_and(Filter::is_typing)
}

/// Whether what is focused can be ticked.
fn tick(wizard: &RoleWizard, scene: &Scene) -> Ready {
    if typing(wizard) {
        return Ready::Hidden;
    }
    match (wizard.draft.step(), wizard.draft.setup()) {
        (Step::Permissions, Setup::Simple) => Ready::Yes,
        (Step::Permissions, Setup::Advanced) => match wizard.advanced.focused() {
            Some((_, resource, level)) if wizard.advanced.permission().is_none() => {
                Ready::No(format!("{} has no {level}: this cell is not available.", resource.label()))
            }
            Some(_) => Ready::Yes,
            None => Ready::No("No resource is shown. Clear the filter first.".into()),
        },
        (Step::Accounts, _) => match wizard.accounts.why_not(&scene.org, &wizard.draft) {
            Some(reason) => Ready::No(reason),
            None => Ready::Yes,
        },
        (Step::Summary, _) => Ready::Hidden,
    }
}

fn to_simple(wizard: &RoleWizard, scene: &Scene) -> Ready {
    Ready::when(!typing(wizard)).and(|| advanced(wizard, scene)).and(|| match wizard.draft.as_ticks() {
        Some(_) => Ready::Yes,
        None => Ready::No("No groups give exactly these permissions, so Simple setup cannot show them.".into()),
    })
}

fn filter(wizard: &RoleWizard, scene: &Scene) -> Ready {
    if typing(wizard) {
        return Ready::Hidden;
    }
    match wizard.draft.step() {
        Step::Permissions => advanced(wizard, scene),
        Step::Accounts => Ready::when(wizard.draft.reach() == Reach::Chosen),
        Step::Summary => Ready::Hidden,
    }
}

/// Letters are letters while the name is typed.
fn reviewing(wizard: &RoleWizard) -> bool {
    wizard.draft.step() == Step::Summary && wizard.summary.at() == At::Review
}

fn remedy(wizard: &RoleWizard, _: &Scene) -> Ready {
    let here = (wizard.draft.step() == Step::Permissions && !typing(wizard)) || reviewing(wizard);
    Ready::when(here && wizard.outlook.remedy().is_some())
}

fn all_future(wizard: &RoleWizard, _: &Scene) -> Ready {
    let unused = !wizard.draft.asks_for_accounts() && wizard.draft.reach() == Reach::Chosen;
    let here = wizard.draft.step() == Step::Accounts && !typing(wizard);
    Ready::when(here || (reviewing(wizard) && unused))
}

fn next_is(wizard: &RoleWizard, step: Step) -> Ready {
    Ready::when(wizard.draft.next() == Some(step) && !typing(wizard))
}

fn create(wizard: &RoleWizard, scene: &Scene) -> Ready {
    let editing = matches!(wizard.draft.purpose(), Purpose::Edit(_));
    Ready::when(wizard.draft.step() == Step::Summary && !editing)
        .and(|| submit(wizard, scene, Permission::ROLES_CREATE))
}

fn save(wizard: &RoleWizard, scene: &Scene) -> Ready {
    let editing = matches!(wizard.draft.purpose(), Purpose::Edit(_));
    Ready::when(wizard.draft.step() == Step::Summary && editing).and(|| submit(wizard, scene, Permission::ROLES_UPDATE))
}

fn submit(wizard: &RoleWizard, scene: &Scene, needed: Permission) -> Ready {
    scene.may(Need::organization(needed)).and(|| match wizard.ready_name(scene) {
        Ok(_) => Ready::Yes,
        Err(reason) => Ready::No(reason),
    })
}

/// What the keys do.
pub const BINDINGS: &[Binding<RoleWizard>] = &[
    Binding {
        keys: &["space"],
        label: "Tick",
        about: "Tick what is focused, or take its tick away",
        ready: tick,
        run: RoleWizard::tick,
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Advanced setup",
        about: "Tick permissions one by one; those chosen so far stay",
        ready: simple,
        run: |wizard, scene, _| wizard.switch_setup(scene),
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Simple setup",
        about: "Tick whole groups, where some give exactly this",
        ready: to_simple,
        run: |wizard, scene, _| wizard.switch_setup(scene),
    },
    Binding {
        keys: &["r"],
        label: "Row",
        about: "All levels of the focused resource on, or all of them off",
        ready: on_a_row,
        run: |wizard, scene, acts| {
            if let Some((_, resource, _)) = wizard.advanced.focused() {
                wizard.turn(resource.label(), wizard.advanced.row(), scene, acts);
            }
        },
    },
    Binding {
        keys: &["c"],
        label: "Column",
        about: "The focused level on for all that is shown, or off",
        ready: on_a_row,
        run: |wizard, scene, acts| {
            if let Some((.., level)) = wizard.advanced.focused() {
                wizard.turn(&level.to_string(), wizard.advanced.column(), scene, acts);
            }
        },
    },
    Binding {
        keys: &["p"],
        label: "Group",
        about: "Everything that the permission group gives on, or off",
        ready: on_a_row,
        run: |wizard, scene, acts| {
            if let Some((group, ..)) = wizard.advanced.focused() {
                wizard.turn(group.name(), group.permissions(), scene, acts);
            }
        },
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Show only what contains a text; Esc shows all again",
        ready: filter,
        run: |wizard, _, _| {
            if let Some(filter) = wizard.filter_mut() {
                filter.type_in();
            }
        },
    },
    Binding {
        keys: &["enter", "tab"],
        label: "To the list",
        about: "Keep the filter and go to what it finds",
        ready: |wizard, _| Ready::when(typing(wizard)),
        run: |wizard, _, _| {
            if let Some(filter) = wizard.filter_mut() {
                filter.keep();
            }
        },
    },
    Binding {
        keys: &["+"],
        label: "Add missing",
        about: "Add what the first warning with a + asks for",
        ready: remedy,
        run: RoleWizard::remedy,
    },
    Binding {
        keys: &["a"],
        label: "All future entities",
        about: "Reach everything, now and later, or the selected only",
        ready: all_future,
        run: |wizard, scene, _| wizard.toggle_reach(scene),
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Other part",
        about: "Move between All future entities and the tree",
        ready: |wizard, _| Ready::when(wizard.draft.step() == Step::Accounts && wizard.draft.reach() == Reach::Chosen),
        run: |wizard, _, _| wizard.accounts.turn(),
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Review",
        about: "From the name to the review, where letters are keys",
        ready: |wizard, _| Ready::when(wizard.draft.step() == Step::Summary && wizard.summary.at() == At::Name),
        run: |wizard, _, _| wizard.summary.turn(),
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Name",
        about: "From the review to the name",
        ready: |wizard, _| Ready::when(reviewing(wizard)),
        run: |wizard, _, _| wizard.summary.turn(),
    },
    Binding {
        keys: &["enter"],
        label: "Select accounts",
        about: "Go on to the accounts that the role reaches",
        ready: |wizard, _| next_is(wizard, Step::Accounts),
        run: |wizard, scene, _| wizard.go(Step::Accounts, scene),
    },
    Binding {
        keys: &["enter"],
        label: "See role summary",
        about: "Go on to the review of the role and its name",
        ready: |wizard, _| next_is(wizard, Step::Summary),
        run: |wizard, scene, _| wizard.go(Step::Summary, scene),
    },
    Binding { keys: &["enter"], label: "Create", about: "Create the role", ready: create, run: RoleWizard::submit },
    Binding {
        keys: &["enter"],
        label: "Save",
        about: "Save the changes to the role",
        ready: save,
        run: RoleWizard::submit,
    },
    Binding {
        keys: &["pgdn"],
        label: "Read on",
        about: "Scroll what is described or reviewed; PgUp scrolls back",
        ready: |wizard, scene| Ready::when(simple(wizard, scene) == Ready::Yes || wizard.draft.step() == Step::Summary),
        run: |wizard, scene, acts| wizard.travel(Code::PageDown, scene, acts),
    },
    Binding {
        keys: &["down", "up", "left", "right"],
        label: "Move",
        about: "Move; h j k l, the page keys, g and G work, too",
        ready: |wizard, _| Ready::when(wizard.draft.step() != Step::Summary),
        run: |wizard, scene, acts| wizard.travel(Code::Down, scene, acts),
    },
    Binding {
        keys: &["esc"],
        label: "Back",
        about: "Clear the filter, or go a step back; nothing is lost",
        ready: |wizard, _| Ready::when(wizard.goes_back()),
        run: |wizard, scene, _| wizard.back(scene),
    },
];
