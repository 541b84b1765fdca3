//! What can be done with the trail.
use super::form::FilterForm;
use super::history::{History, Side};
use super::screen::{AuditTrail, Follow, Pane, Shape};
use crate::domain::access::Need;
use crate::domain::permission::Permission;
use crate::tui::acts::Acts;
use crate::tui::dialog::offer_copies;
use crate::tui::key::{Code, Key};
use crate::tui::layer::Binding;
use crate::tui::scene::{Ready, Scene};
use crate::tui::screen::ExportTrail;

/// Keys are for the table or the entry, and there is something to see.
fn reading(trail: &AuditTrail, scene: &Scene) -> Ready {
    let free = trail.form.is_none() && !trail.words.is_typing();
    Ready::when(free && AuditTrail::may_read(scene) == Ready::Yes)
}

fn in_table(trail: &AuditTrail, scene: &Scene) -> Ready {
    reading(trail, scene).and(|| Ready::when(trail.pane == Pane::Table))
}

fn on_entry(trail: &AuditTrail, scene: &Scene) -> Ready {
    reading(trail, scene).and(|| Ready::when(trail.window.selected().is_some()))
}

fn in_form(trail: &AuditTrail, _: &Scene) -> Ready {
    Ready::when(trail.form.is_some())
}

fn typing(trail: &AuditTrail, _: &Scene) -> Ready {
    Ready::when(trail.form.is_none() && trail.words.is_typing())
}

fn filtered(trail: &AuditTrail, scene: &Scene) -> Ready {
    in_table(trail, scene).and(|| Ready::when(trail.is_filtered()))
}

fn follow(trail: &mut AuditTrail, scene: &Scene, _: &mut Acts) {
    trail.follow = match trail.follow {
        Follow::On => Follow::Off,
        Follow::Off => Follow::On,
    };
    if trail.follow == Follow::On {
        trail.window.key(&Key::plain(Code::Home), AuditTrail::head(scene));
    }
}

fn side(trail: &AuditTrail, scene: &Scene, side: Side) -> Ready {
    let of = |history: &History| history.is_of_a_user() && history.side == side;
    in_table(trail, scene).and(|| Ready::when(trail.history.as_ref().is_some_and(of)))
}

fn turn(trail: &mut AuditTrail, _: &Scene, _: &mut Acts) {
    trail.history = trail.history.map(History::turned);
    if let Some(part) = trail.fixed() {
        trail.filters.clear(part);
    }
    trail.begin();
}

fn copy(trail: &mut AuditTrail, _: &Scene, acts: &mut Acts) {
    let Some(line) = trail.window.selected() else { return };
    let (seq, header) = (line.header.seq, &line.header);
    let mut things =
        vec![("hash", header.hash.to_string()), ("number", seq.to_string()), ("id", header.id.to_string())];
    // Only of an entry that was read is known what it says.
    if let Some(detail) = trail.entry.about(seq).flatten() {
        things.push(("entry", detail.text.clone()));
    }
    offer_copies(acts, things);
}

fn travel(trail: &mut AuditTrail, scene: &Scene, code: Code) {
    trail.travel(&Key::plain(code), scene);
}

/// The keys; the first ones have room in the footer of a small terminal.
pub(super) const BINDINGS: &[Binding<AuditTrail>] = &[
    Binding {
        keys: &["enter"],
        label: "Open",
        about: "Read the selected entry in full: before and after, who asked and approved, its hash",
        ready: |trail, scene| in_table(trail, scene).and(|| on_entry(trail, scene)),
        run: |trail, _, _| trail.pane = Pane::Entry,
    },
    Binding {
        keys: &["enter"],
        label: "Show",
        about: "Show the entries that fit",
        ready: in_form,
        run: |trail, scene, _| trail.apply(scene),
    },
    Binding {
        keys: &["tab", "down"],
        label: "Next",
        about: "Go to the next question, and after the last one to the first",
        ready: in_form,
        run: |trail, _, _| {
            if let Some(form) = &mut trail.form {
                form.go_on();
            }
        },
    },
    Binding {
        keys: &["shift-tab", "up"],
        label: "Before",
        about: "Go to the question before, and from the first one to the last",
        ready: in_form,
        run: |trail, _, _| {
            if let Some(form) = &mut trail.form {
                form.go_back();
            }
        },
    },
    Binding {
        keys: &["esc"],
        label: "Cancel",
        about: "Leave the filters as they were",
        ready: in_form,
        run: |trail, _, _| trail.form = None,
    },
    Binding {
        keys: &["enter", "down", "tab"],
        label: "To the entries",
        about: "Go to the entries that match",
        ready: typing,
        run: |trail, _, _| trail.words.keep(),
    },
    Binding {
        keys: &["esc"],
        label: "Clear words",
        about: "Look for no words any more",
        ready: typing,
        run: |trail, _, _| {
            trail.words.clear();
            trail.begin();
        },
    },
    Binding {
        keys: &["esc"],
        label: "All entries",
        about: "Back to the table",
        ready: |trail, scene| reading(trail, scene).and(|| Ready::when(trail.pane == Pane::Entry)),
        run: |trail, _, _| trail.pane = Pane::Table,
    },
    Binding {
        keys: &["esc"],
        label: "Clear filters",
        about: "Show every entry again",
        ready: filtered,
        run: |trail, _, _| trail.clear(),
    },
    Binding {
        keys: &["E"],
        label: "Export",
        about: "Take a copy of the trail: for programs, for spreadsheets, or as a report",
        ready: |trail, scene| {
            let whole = Ready::when(trail.history.is_none());
            in_table(trail, scene).and(|| whole).and(|| scene.may(Need::organization(Permission::RESOURCE_EVENTS_READ)))
        },
        run: |_, scene, acts| acts.open(ExportTrail::new(scene)),
    },
    Binding {
        keys: &["x"],
        label: "Drop filter",
        about: "Take the last filter away",
        ready: filtered,
        run: |trail, _, _| trail.drop_one(),
    },
    Binding {
        keys: &["b"],
        label: "Done by them",
        about: "Show what this user did, instead of what was done to them",
        ready: |trail, scene| side(trail, scene, Side::About),
        run: turn,
    },
    Binding {
        keys: &["b"],
        label: "Done to them",
        about: "Show what was done to this user, instead of what they did",
        ready: |trail, scene| side(trail, scene, Side::By),
        run: turn,
    },
    Binding {
        keys: &["/"],
        label: "Find",
        about: "Show entries that say something: names, what was done, values before and after",
        ready: in_table,
        run: |trail, _, _| trail.words.type_in(),
    },
    Binding {
        keys: &["F"],
        label: "Filters",
        about: "Choose by person or system, kind, resource, outcome and time",
        ready: in_table,
        run: |trail, _, _| trail.form = Some(FilterForm::new(trail.filters.typed(), trail.fixed())),
    },
    Binding {
        keys: &["o"],
        label: "Outcome",
        about: "Show one outcome alone after the other: done, refused, requested, approved, rejected",
        ready: in_table,
        run: |trail, _, _| {
            trail.filters.turn_outcome();
            trail.begin();
        },
    },
    Binding {
        keys: &["f"],
        label: "Follow",
        about: "Stay with the newest entry as others come in, or stop",
        ready: in_table,
        run: follow,
    },
    Binding {
        keys: &["y"],
        label: "Copy",
        about: "Copy the hash, the number or the id of the entry, or all that it says once it was opened",
        ready: on_entry,
        run: copy,
    },
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "To older entries; PgDn goes further, G to the oldest",
        ready: reading,
        run: |trail, scene, _| travel(trail, scene, Code::Down),
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "To newer entries; PgUp goes further, g to the newest",
        ready: reading,
        run: |trail, scene, _| travel(trail, scene, Code::Up),
    },
    Binding {
        keys: &["tab", "shift-tab"],
        label: "Other part",
        about: "Go from the table to the selected entry, and back",
        ready: |trail, scene| on_entry(trail, scene).and(|| Ready::when(trail.shape == Shape::SideBySide)),
        run: |trail, _, _| trail.pane = if trail.pane == Pane::Table { Pane::Entry } else { Pane::Table },
    },
];
