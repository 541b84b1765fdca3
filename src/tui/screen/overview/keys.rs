//! What can be done on the screen.
use super::screen::Overview;
use super::target::Target;
use crate::domain::overview::Advice;
use crate::tui::key::Code;
use crate::tui::layer::Binding;
use crate::tui::past::any_day;
use crate::tui::scene::{Ready, Scene};

fn ready_to_go(overview: &Overview, _: &Scene) -> Ready {
    match overview.selected() {
        Some(Target::Advice(Advice::Phishing)) => {
            Ready::No("This line leads nowhere: it is to be kept in mind.".into())
        }
        selected => Ready::when(selected.is_some()),
    }
}

fn ready_to_move(overview: &Overview, _: &Scene) -> Ready {
    Ready::when(overview.selected().is_some())
}

pub(super) const BINDINGS: &[Binding<Overview>] = &[
    Binding {
        keys: &["enter"],
        label: "Go there",
        about: "Go to where the selected line can be dealt with",
        ready: ready_to_go,
        run: |overview, scene, acts| {
            if let Some(target) = overview.selected() {
                target.go(overview.goal(target), &scene.org, acts);
            }
        },
    },
    any_day(|_, _| Ready::Yes),
    Binding {
        keys: &["down", "j"],
        label: "Down",
        about: "Select the line below; G selects the last one",
        ready: ready_to_move,
        run: |overview, scene, _| overview.step(Code::Down, scene),
    },
    Binding {
        keys: &["up", "k"],
        label: "Up",
        about: "Select the line above; g selects the first one",
        ready: ready_to_move,
        run: |overview, scene, _| overview.step(Code::Up, scene),
    },
    Binding {
        keys: &["tab"],
        label: "Next part",
        about: "Select the first line of the next part: checklist, invited, newest changes",
        ready: ready_to_move,
        run: |overview, scene, _| overview.next_part(scene),
    },
];
