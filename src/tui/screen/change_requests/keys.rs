//! What can be done in the lists.
use super::list::{Only, Tab};
use super::screen::ChangeRequests;
use crate::tui::acts::Acts;
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};

fn listening(screen: &ChangeRequests) -> Ready {
    Ready::when(!screen.filter.is_typing())
}

fn selected(screen: &ChangeRequests) -> Ready {
    listening(screen).and(|| Ready::when(screen.list().selected().is_some()))
}

fn in_mine(screen: &ChangeRequests) -> Ready {
    selected(screen).and(|| Ready::when(screen.tab == Tab::Mine))
}

fn in_all(screen: &ChangeRequests) -> Ready {
    listening(screen).and(|| Ready::when(screen.tab == Tab::All))
}

fn typing(screen: &ChangeRequests) -> Ready {
    Ready::when(screen.filter.is_typing())
}

fn clear(screen: &mut ChangeRequests, scene: &Scene, _: &mut Acts) {
    screen.filter.clear();
    screen.only = Only::All;
    screen.sift(scene);
}

/// Its bindings.
pub(super) const BINDINGS: &[Binding<ChangeRequests>] = &[
    Binding {
        keys: &["enter"],
        label: "Open",
        about: "Read the request, or the marked ones one after another",
        ready: |screen, _| selected(screen),
        run: |screen, _, acts| screen.open(acts),
    },
    Binding {
        keys: &["a"],
        label: "Decide",
        about: "Decide the selected request or the marked ones, one after another; each is shown first",
        ready: |screen, _| in_mine(screen),
        run: |screen, _, acts| screen.open(acts),
    },
    Binding {
        keys: &["space"],
        label: "Mark",
        about: "Mark the request, to decide several one after another",
        ready: |screen, _| in_mine(screen),
        run: |screen, _, _| screen.mark(),
    },
    Binding {
        keys: &["f"],
        label: "State",
        about: "Show all requests, those in one state, or your own",
        ready: |screen, _| in_all(screen),
        run: |screen, scene, _| {
            screen.only = screen.only.next();
            screen.sift(scene);
        },
    },
    Binding {
        keys: &["/"],
        label: "Filter",
        about: "Show the requests whose sentence or requester contains something",
        ready: |screen, _| in_all(screen),
        run: |screen, _, _| screen.filter.type_in(),
    },
    Binding {
        keys: &["enter"],
        label: "Keep filter",
        about: "Go back to the list with what was typed",
        ready: |screen, _| typing(screen),
        run: |screen, _, _| screen.filter.keep(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear filter",
        about: "Show all requests again",
        ready: |screen, _| {
            let filtered = !screen.filter.is_empty() || screen.only != Only::All;
            Ready::when(screen.filter.is_typing() || (filtered && screen.tab == Tab::All))
        },
        run: clear,
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Other tab",
        about: "Switch between My approvals and All approvals",
        ready: |screen, _| listening(screen),
        run: |screen, _, _| screen.tab = screen.tab.other(),
    },
];
